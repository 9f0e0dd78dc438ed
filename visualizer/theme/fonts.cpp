#include "visualizer/theme/fonts.h"

#include <imgui.h>

#include <algorithm>

namespace co::studio {
namespace {

/// Latin with its extensions, Greek (for µ and π in prose), punctuation, arrows, signs and shapes.
constexpr ImWchar glyph_ranges[] = {0x0020, 0x017F, 0x0391, 0x03C9, 0x2010, 0x2027, 0x2030, 0x203A, 0x20AC, 0x20AC,
                                    0x2190, 0x2199, 0x2212, 0x2212, 0x2248, 0x2248, 0x2260, 0x2265, 0x22EF, 0x22EF,
                                    0x2318, 0x2318, 0x23CE, 0x23CE, 0x25A0, 0x25CF, 0x2713, 0x2717, 0};

/// ImGui sizes a font from ascender to descender, CSS by its em square. In a font's "head" and "hhea" tables stand
/// both.
float css_to_imgui(const std::string& font) {
    auto number = [&](std::size_t at, std::size_t bytes) {
        std::uint32_t value = 0;
        for (std::size_t i = 0; i < bytes; ++i) {
            value = value << 8 | (at + i < font.size() ? static_cast<unsigned char>(font[at + i]) : 0U);
        }
        return value;
    };
    std::size_t head = 0, hhea = 0;
    const std::size_t start = font.starts_with("ttcf") ? number(12, 4) : 0;  // of a collection: its first face
    const std::size_t tables = number(start + 4, 2);
    for (std::size_t i = 0; i < tables; ++i) {
        const std::size_t entry = start + 12 + 16 * i;
        const std::string_view tag = std::string_view(font).substr(std::min(entry, font.size()), 4);
        if (tag == "head") head = number(entry + 8, 4);
        if (tag == "hhea") hhea = number(entry + 8, 4);
    }
    const auto units = static_cast<float>(number(head + 18, 2));
    const auto ascender = static_cast<std::int16_t>(number(hhea + 4, 2));
    const auto descender = static_cast<std::int16_t>(number(hhea + 6, 2));
    return head != 0 && hhea != 0 && units > 0 ? static_cast<float>(ascender - descender) / units : 1.2F;
}

bool is_code(Face face) { return face >= Face::mono_regular; }

/// Gives the ten digits the widest one's advance, each in the middle of it.
void make_figures_tabular(ImFont& font) {
    float widest = 0;
    for (ImWchar digit = '0'; digit <= '9'; ++digit) widest = std::max(widest, font.GetCharAdvance(digit));
    for (ImFontGlyph& glyph : font.Glyphs) {
        if (glyph.Codepoint < '0' || glyph.Codepoint > '9') continue;
        const float shift = (widest - glyph.AdvanceX) / 2;
        glyph.X0 += shift;
        glyph.X1 += shift;
        glyph.AdvanceX = widest;
    }
    font.BuildLookupTable();
}

}  // namespace

FontShape shape_of(Font font) {
    switch (font) {
        case Font::title:
            return {Face::inter_semibold, 16};
        case Font::prose:
            return {Face::inter_regular, 13};
        case Font::prose_bold:
            return {Face::inter_semibold, 13};
        case Font::panel:
            return {Face::inter_regular, 12};
        case Font::panel_bold:
            return {Face::inter_semibold, 12};
        case Font::caption:
            return {Face::inter_regular, 11};
        case Font::caption_medium:
            return {Face::inter_medium, 11};
        case Font::caption_bold:
            return {Face::inter_semibold, 11};
        case Font::tag:
            return {Face::inter_bold, 12};
        case Font::code:
            return {Face::mono_regular, 13};
        case Font::code_bold:
            return {Face::mono_semibold, 13};
        case Font::code_small:
            return {Face::mono_regular, 12};
        case Font::code_small_bold:
            return {Face::mono_semibold, 12};
        case Font::chip:
            return {Face::mono_medium, 11};
    }
    return {Face::inter_regular, 12};
}

char32_t take_character(std::string_view& text) {
    const auto first = static_cast<unsigned char>(text.front());
    const std::size_t length = first < 0x80         ? 1
                               : first >> 5 == 0x6  ? 2
                               : first >> 4 == 0xE  ? 3
                               : first >> 3 == 0x1E ? 4
                                                    : 0;
    char32_t character = length == 1 ? first : first & (0xFFU >> (length + 1));
    bool whole = length != 0 && length <= text.size();
    for (std::size_t i = 1; whole && i < length; ++i) {
        const auto next = static_cast<unsigned char>(text[i]);
        whole = next >> 6 == 0x2;
        character = character << 6 | (next & 0x3FU);
    }
    text.remove_prefix(whole ? length : 1);
    return whole ? character : U'\uFFFD';
}

Fonts::Fonts(const FontData& data, float scale, const std::set<char32_t>& ideographs)
    : scale_(scale), warning_(data.warning), atlas_(std::make_unique<ImFontAtlas>()) {
    atlas_->Flags |= ImFontAtlasFlags_NoMouseCursors;
    for (const char32_t character : ideographs)
        ideographs_.insert(ideographs_.end(), 2, static_cast<std::uint16_t>(character));
    if (!ideographs_.empty()) ideographs_.push_back(0);
    for (int i = 0; i < font_count; ++i) {
        add(static_cast<Font>(i), data);
        add_ideographs(static_cast<Font>(i), data);
    }
    patterns_ = std::make_unique<Patterns>(*atlas_, scale);
    atlas_->Build();
    patterns_->draw_into(*atlas_);
    for (int i = 0; i < font_count; ++i) {
        const auto font = static_cast<std::size_t>(i);
        if (!is_code(shape_of(static_cast<Font>(i)).face)) make_figures_tabular(*fonts_[font]);
    }
}

Fonts::~Fonts() = default;

void Fonts::add(Font font, const FontData& data) {
    const FontShape shape = shape_of(font);
    const std::string& bytes = data.face(shape.face);
    if (bytes.empty()) {  // not one font file on this machine
        ImFontConfig config;
        config.SizePixels = shape.size * scale_;
        fonts_[static_cast<std::size_t>(font)] = atlas_->AddFontDefault(&config);
        return;
    }
    fonts_[static_cast<std::size_t>(font)] = add(bytes, shape.size, false);
    const Face plain = is_code(shape.face) ? Face::mono_regular : Face::inter_regular;
    if (shape.face != plain && !data.face(plain).empty()) add(data.face(plain), shape.size, true);
}

ImFont* Fonts::add(const std::string& bytes, float size, bool completes_last) {
    ImFontConfig config;
    config.OversampleH = 4;
    config.OversampleV = 1;
    config.GlyphRanges = glyph_ranges;
    config.MergeMode = completes_last;
    config.SizePixels = size * scale_ * css_to_imgui(bytes);
    void* copy = IM_ALLOC(bytes.size());  // the atlas frees it
    std::copy(bytes.begin(), bytes.end(), static_cast<char*>(copy));
    return atlas_->AddFontFromMemoryTTF(copy, static_cast<int>(bytes.size()), config.SizePixels, &config);
}

/// One face has them for all: into each font, at its size and on its baseline.
void Fonts::add_ideographs(Font font, const FontData& data) {
    if (ideographs_.empty() || data.ideographs.empty()) return;
    ImFontConfig config;
    config.MergeMode = true;
    config.OversampleH = 2;
    config.OversampleV = 1;
    config.GlyphRanges = ideographs_.data();
    config.FontDataOwnedByAtlas = false;  // five megabytes, read while the texture is built
    // stb_truetype only reads it.
    void* bytes = const_cast<char*>(data.ideographs.data());
    atlas_->AddFontFromMemoryTTF(bytes, static_cast<int>(data.ideographs.size()),
                                 shape_of(font).size * scale_ * css_to_imgui(data.ideographs), &config);
}

bool Fonts::has(char32_t character, Font font) const {
    return this->font(font).FindGlyphNoFallback(static_cast<ImWchar>(character)) != nullptr;
}

float Fonts::width(std::string_view text, Font font) const {
    const ImFont& face = this->font(font);
    float width = 0;
    while (!text.empty()) width += face.GetCharAdvance(static_cast<ImWchar>(take_character(text)));
    return width / scale_;
}

MeasureText Fonts::measure() const {
    return [this](std::string_view text, Font font) { return width(text, font); };
}

}  // namespace co::studio
