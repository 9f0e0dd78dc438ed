#include "lessons/format/markdown.h"

#include <algorithm>
#include <optional>

#include <md4c.h>

namespace co::lessons {
namespace {

std::optional<RunStyle> style_of(MD_SPANTYPE span) {
    if (span == MD_SPAN_STRONG) return RunStyle::strong;
    if (span == MD_SPAN_EM) return RunStyle::emphasis;
    if (span == MD_SPAN_CODE) return RunStyle::code;
    if (span == MD_SPAN_A) return RunStyle::plain;
    return std::nullopt;
}

const char* unsupported_name(MD_BLOCKTYPE block) {
    switch (block) {
        case MD_BLOCK_QUOTE:
            return "a quote";
        case MD_BLOCK_OL:
            return "a numbered list";
        case MD_BLOCK_HR:
            return "a rule";
        case MD_BLOCK_HTML:
            return "HTML";
        default:
            return nullptr;
    }
}

// md4c calls back for every piece of the text; a complaint is kept and thrown afterwards, because an exception must
// not cross a C library.
class Collector {
  public:
    explicit Collector(std::string_view text) : text_(text) {}

    int enter_block(MD_BLOCKTYPE type, void* detail) {
        if (const char* name = unsupported_name(type)) return complain(name);
        if (type == MD_BLOCK_LI) in_item_ = true;
        if (type == MD_BLOCK_P || type == MD_BLOCK_LI) open(in_item_ ? BlockKind::bullet : BlockKind::paragraph);
        if (type == MD_BLOCK_H) open(BlockKind::heading);
        if (type == MD_BLOCK_CODE) open_fence(*static_cast<const MD_BLOCK_CODE_DETAIL*>(detail));
        return 0;
    }

    int leave_block(MD_BLOCKTYPE type) {
        if (type == MD_BLOCK_CODE) elements_.emplace_back(std::move(*fence_)), fence_.reset();
        if (type == MD_BLOCK_P || type == MD_BLOCK_H || type == MD_BLOCK_LI) close();
        if (type == MD_BLOCK_LI) in_item_ = false;
        return 0;
    }

    int enter_span(MD_SPANTYPE type) {
        const auto style = style_of(type);
        styles_.push_back(style.value_or(RunStyle::plain));
        return style ? 0 : complain("an image");
    }

    int leave_span(MD_SPANTYPE) {
        styles_.pop_back();
        return 0;
    }

    int text(MD_TEXTTYPE type, std::string_view piece) {
        note_line(piece);
        if (fence_) {
            fence_->text += piece;
            if (fence_->first_line == 0) find_first_line(piece);
            return 0;
        }
        if (type == MD_TEXT_HTML) return complain("HTML");
        if (type == MD_TEXT_SOFTBR) piece = " ";
        if (type == MD_TEXT_BR) piece = "\n";
        append(styles_.empty() ? RunStyle::plain : styles_.back(), piece);
        return 0;
    }

    std::vector<MarkdownElement> take(const Place& start) {
        const auto place = [&](std::uint32_t line) { return start.at(start.line + line - 1); };
        if (unsupported_) {
            place(line_).fail(std::string("the studio can't show ") + unsupported_,
                              "write it as paragraphs, bullets or a code fence");
        }
        for (auto& element : elements_) {
            auto* fence = std::get_if<MarkdownFence>(&element);
            if (!fence) continue;
            if (fence->first_line == 0) {
                place(line_).fail("the fence `" + fence->info + "` below this line is empty", "fill it or take it out");
            }
            fence->first_line = place(fence->first_line).line;
        }
        return std::move(elements_);
    }

  private:
    int complain(const char* what) {
        unsupported_ = what;
        return 1;
    }

    // Pieces of the text are views into it, but for line ends and indents, which md4c makes up.
    bool is_inside(std::string_view piece) const {
        return piece.data() >= text_.data() && piece.data() < text_.data() + text_.size();
    }

    void note_line(std::string_view piece) {
        if (!is_inside(piece)) return;
        const auto before = text_.substr(0, static_cast<std::size_t>(piece.data() - text_.data()));
        line_ = static_cast<std::uint32_t>(std::count(before.begin(), before.end(), '\n')) + 1;
    }

    void find_first_line(std::string_view piece) {
        if (!is_inside(piece)) return;
        const auto blank_lines = std::count(fence_->text.begin(), fence_->text.end(), '\n');
        fence_->first_line = line_ - static_cast<std::uint32_t>(blank_lines);
    }

    void open(BlockKind kind) {
        close();
        block_ = Block{kind, {}};
    }

    void close() {
        if (block_ && !block_->runs.empty()) elements_.emplace_back(std::move(*block_));
        block_.reset();
    }

    void open_fence(const MD_BLOCK_CODE_DETAIL& detail) {
        close();
        fence_ = MarkdownFence{std::string(detail.info.text ? detail.info.text : "", detail.info.size), "", 0};
    }

    void append(RunStyle style, std::string_view piece) {
        if (!block_) return;
        auto& runs = block_->runs;
        if (runs.empty() || runs.back().style != style) runs.push_back({style, ""});
        runs.back().text += piece;
    }

    std::string_view text_;
    std::vector<MarkdownElement> elements_;
    std::optional<Block> block_;
    std::optional<MarkdownFence> fence_;
    std::vector<RunStyle> styles_;
    bool in_item_ = false;
    std::uint32_t line_ = 1;  // of the last piece
    const char* unsupported_ = nullptr;
};

Collector& collector(void* user) { return *static_cast<Collector*>(user); }

MD_PARSER make_parser() {
    MD_PARSER parser{};
    parser.flags = MD_FLAG_NOINDENTEDCODEBLOCKS;
    parser.enter_block = [](MD_BLOCKTYPE type, void* detail, void* user) {
        return collector(user).enter_block(type, detail);
    };
    parser.leave_block = [](MD_BLOCKTYPE type, void*, void* user) { return collector(user).leave_block(type); };
    parser.enter_span = [](MD_SPANTYPE type, void*, void* user) { return collector(user).enter_span(type); };
    parser.leave_span = [](MD_SPANTYPE type, void*, void* user) { return collector(user).leave_span(type); };
    parser.text = [](MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size, void* user) {
        return collector(user).text(type, std::string_view(text, size));
    };
    return parser;
}

}  // namespace

std::vector<MarkdownElement> read_markdown(std::string_view text, const Place& start) {
    Collector collector(text);
    const MD_PARSER parser = make_parser();
    md_parse(text.data(), static_cast<MD_SIZE>(text.size()), &parser, &collector);
    return collector.take(start);
}

}  // namespace co::lessons
