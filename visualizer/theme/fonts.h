// Fonts: every typeface, weight and size of the studio in one texture, beside the patterns; and the widths of texts.
//
//     Fonts fonts(read_fonts(find_font_files(default_font_folders())), 1.0F);
//     fonts.width("co#2", Font::chip)     // px at scale 1
//
// Glyphs are rasterised at the screen's own density and at four horizontal offsets a pixel, so that text keeps its
// spacing and stays crisp. What a bold face lacks comes from the regular one of its family: the browser's page cuts its
// faces down. Digits of the text face all get one width: numbers do not dance while they count.
#pragma once

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "visualizer/layout/scene.h"
#include "visualizer/theme/font_files.h"
#include "visualizer/theme/patterns.h"

struct ImFont;
struct ImFontAtlas;

namespace co::studio {

/// Face and size in CSS pixels of a font (mock/README.md, "Type").
struct FontShape {
    Face face;
    float size;
};
FontShape shape_of(Font font);

/// A character that a text face does not have: ideographs, kana, their punctuation and full-width forms.
constexpr bool is_ideograph(char32_t character) { return character >= 0x2E80 && character <= 0xFFEF; }

/// Decodes the first character of UTF-8 text and takes it off; U+FFFD for broken bytes.
char32_t take_character(std::string_view& text);

class Fonts {
  public:
    /// Builds the texture's pixels; needs no window. `scale` is device pixels per CSS pixel. `ideographs` are drawn
    /// besides, as far as the data has them: there are too many for all of them to stand ready.
    Fonts(const FontData& data, float scale, const std::set<char32_t>& ideographs = {});
    ~Fonts();
    Fonts(const Fonts&) = delete;
    Fonts& operator=(const Fonts&) = delete;

    float scale() const { return scale_; }
    /// What is missing and how to get it; empty: all is there.
    const std::string& warning() const { return warning_; }
    ImFontAtlas& atlas() const { return *atlas_; }
    const Patterns& patterns() const { return *patterns_; }
    /// Its sizes are in device pixels.
    const ImFont& font(Font font) const { return *fonts_[static_cast<std::size_t>(font)]; }
    bool has(char32_t character, Font font) const;
    /// In CSS pixels.
    float width(std::string_view text, Font font) const;
    MeasureText measure() const;

  private:
    void add(Font font, const FontData& data);
    /// `completes_last`: only the characters that the font added before this one lacks.
    ImFont* add(const std::string& bytes, float size, bool completes_last);
    void add_ideographs(Font font, const FontData& data);

    float scale_;
    std::string warning_;
    std::vector<std::uint16_t> ideographs_;  // pairs of first and last, ended by 0: ImGui looks into it while it builds
    std::unique_ptr<ImFontAtlas> atlas_;
    std::unique_ptr<Patterns> patterns_;
    std::array<ImFont*, font_count> fonts_{};
};

}  // namespace co::studio
