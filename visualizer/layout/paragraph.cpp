#include "visualizer/layout/paragraph.h"

#include <algorithm>

namespace co::studio {

namespace {

/// A part of a word in one style. A word may have several: `push()` followed by a full stop.
struct Fragment {
    std::string text;
    std::size_t run = 0;
    float width = 0;
};

struct Word {
    std::vector<Fragment> fragments;
    float space_before = 0;  // px; 0: may break here all the same
    std::size_t space_run = 0;
    float width = 0;
};

std::size_t character_length(char first) {
    const auto byte = static_cast<unsigned char>(first);
    if (byte < 0x80) return 1;
    if (byte < 0xE0) return 2;
    if (byte < 0xF0) return 3;
    return 4;
}

/// Whether a line may break beside this character without a space: from U+2E80 on, the ideographs and their kana.
bool breaks_freely(std::string_view character) {
    return character.size() >= 3 && static_cast<unsigned char>(character[0]) >= 0xE2 &&
           !(static_cast<unsigned char>(character[0]) == 0xE2 && static_cast<unsigned char>(character[1]) < 0xBA);
}

/// Chinese punctuation that no line begins with.
bool closes(std::string_view character) {
    constexpr std::string_view all = "，。：；！？、）》」』】…";
    return character.size() == 3 && all.find(character) != std::string_view::npos;
}

/// Cuts runs into words.
class Splitter {
  public:
    Splitter(const std::vector<StyledRun>& runs, const MeasureText& measure, float widest)
        : runs_(runs), measure_(measure), widest_(widest) {
        for (std::size_t run = 0; run < runs.size(); ++run) split(run);
        end_fragment();
        end_word();
    }

    std::vector<Word> words;

  private:
    void split(std::size_t run) {
        end_fragment();
        run_ = run;
        const std::string& text = runs_[run].text;
        for (std::size_t i = 0; i < text.size();) {
            const std::size_t length = std::min(character_length(text[i]), text.size() - i);
            const std::string_view character(text.data() + i, length);
            i += length;
            if (character == " " || character == "\n") {
                end_fragment();
                end_word();
                word_.space_before = measure_(" ", runs_[run].font);
                word_.space_run = run;
            } else {
                add(character);
            }
        }
    }

    void add(std::string_view character) {
        const bool free = breaks_freely(character);
        if ((free || was_free_) && !closes(character)) {
            end_fragment();
            end_word();
        }
        was_free_ = free;
        const bool too_wide = word_.width + measure_(text_ + std::string(character), runs_[run_].font) > widest_;
        if (too_wide && !(text_.empty() && word_.fragments.empty())) {
            end_fragment();
            end_word();
        }
        text_ += character;
    }

    void end_fragment() {
        if (text_.empty()) return;
        const float width = measure_(text_, runs_[run_].font);
        word_.fragments.push_back({std::move(text_), run_, width});
        word_.width += width;
        text_.clear();
    }

    void end_word() {
        if (word_.fragments.empty()) return;
        words.push_back(std::move(word_));
        word_ = {};
        was_free_ = false;
    }

    const std::vector<StyledRun>& runs_;
    const MeasureText& measure_;
    float widest_;
    std::size_t run_ = 0;
    std::string text_;
    Word word_;
    bool was_free_ = false;
};

/// Puts words on lines; neighbours in one style become one text.
class Setter {
  public:
    Setter(Scene& scene, const ParagraphBox& box, const std::vector<StyledRun>& runs, const MeasureText& measure)
        : scene_(scene), box_(box), runs_(runs), measure_(measure) {
        if (!runs.empty()) baseline_ = baseline(runs[0].font, box.line_height);
    }

    float set(const std::vector<Word>& words) {
        for (std::size_t i = 0; i < words.size(); ++i) {
            const Word& word = words[i];
            const bool starts_line = x_ == 0;
            if (!starts_line && x_ + word.space_before + word.width > box_.width) {
                if (box_.most_lines != 0 && line_ + 1 == box_.most_lines) {
                    append(" …", word.fragments[0].run);
                    break;
                }
                next_line();
            } else if (!starts_line && word.space_before > 0) {
                append(" ", word.space_run);
            }
            for (const Fragment& fragment : word.fragments) append(fragment.text, fragment.run);
        }
        flush();
        return static_cast<float>(line_ + 1) * box_.line_height;
    }

  private:
    void append(std::string_view text, std::size_t run) {
        if (run != run_) flush();
        run_ = run;
        pending_ += text;
        x_ = start_ + measure_(pending_, runs_[run].font);
    }

    void flush() {
        if (!pending_.empty()) {
            const float y = box_.y + static_cast<float>(line_) * box_.line_height + baseline_;
            TextStyle style{.font = runs_[run_].font, .ink = runs_[run_].ink};
            if (pending_.ends_with("…")) style.max_width = std::max(8.0F, box_.width - start_);
            if (pending_ != " ") scene_.text(box_.x + start_, y, pending_, style);
        }
        start_ = x_;
        pending_.clear();
    }

    void next_line() {
        flush();
        ++line_;
        x_ = start_ = 0;
    }

    Scene& scene_;
    const ParagraphBox& box_;
    const std::vector<StyledRun>& runs_;
    const MeasureText& measure_;
    float baseline_ = 0;
    std::size_t line_ = 0;
    float x_ = 0, start_ = 0;  // from the box's left: where the next text goes, where the pending one began
    std::size_t run_ = 0;
    std::string pending_;
};

}  // namespace

std::vector<StyledRun> marked(const std::string& text, Font font, Ink ink) {
    std::vector<StyledRun> runs;
    bool code = false;
    for (std::size_t from = 0; from <= text.size(); code = !code) {
        const std::size_t end = std::min(text.find('`', from), text.size());
        if (end > from) {
            const std::string part = text.substr(from, end - from);
            runs.push_back(code ? StyledRun{part, Font::code_small, Ink::text1} : StyledRun{part, font, ink});
        }
        from = end + 1;
    }
    return runs;
}

float draw_paragraph(Scene& scene, const ParagraphBox& box, const std::vector<StyledRun>& runs,
                     const MeasureText& measure) {
    const Splitter splitter(runs, measure, box.width);
    if (splitter.words.empty()) return 0;
    return Setter(scene, box, runs, measure).set(splitter.words);
}

std::string cut_to_fit(std::string_view text, Font font, float width, const MeasureText& measure) {
    if (measure(text, font) <= width) return std::string(text);
    std::string fitting;
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t length = std::min(character_length(text[i]), text.size() - i);
        const std::string longer = fitting + std::string(text.substr(i, length));
        if (measure(longer + "…", font) > width) break;
        fitting = longer;
        i += length;
    }
    while (fitting.ends_with(' ')) fitting.pop_back();
    return fitting + "…";
}

}  // namespace co::studio
