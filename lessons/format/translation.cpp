#include "lessons/format/translation.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include <fmt/format.h>

#include "lessons/format/checkpoint.h"
#include "lessons/format/exercise.h"
#include "lessons/format/fence.h"
#include "lessons/format/front_matter.h"
#include "lessons/format/markdown.h"
#include "lessons/format/place.h"
#include "lessons/format/predict.h"

namespace co::lessons {
namespace {

namespace fs = std::filesystem;

/// A fence with words in it.
struct WordFence {
    FenceInfo info;
    Fence fence;
};

/// All that a file says in words.
struct Words {
    Place file;
    TranslatedFront front;
    std::vector<Block> prose;
    std::map<std::string, WordFence> fences;  // by key
    std::vector<std::string> order;           // of the keys
};

constexpr std::string_view prose_key = "the prose";

bool has_words(FenceRole role) {
    return role == FenceRole::predict || role == FenceRole::checkpoint || role == FenceRole::attempt ||
           role == FenceRole::challenge;
}

/// What ties a fence to that of the other language: `checkpoint at="deferred"`.
std::string key_of(const FenceInfo& info) {
    static const std::map<FenceRole, std::pair<std::string_view, std::string>> ties = {
        {FenceRole::predict, {"predict", ""}},
        {FenceRole::checkpoint, {"checkpoint", "at"}},
        {FenceRole::attempt, {"try", "goal"}},
        {FenceRole::challenge, {"break", "invariant"}}};
    const auto& [word, attribute] = ties.at(info.role);
    if (attribute.empty()) return std::string(word);
    const std::string& value = info.attributes.at(attribute);
    const char quote = value.find('"') == std::string::npos ? '"' : '\'';
    return fmt::format("{} {}={}{}{}", word, attribute, quote, value, quote);
}

/// FNV-1a, eight hexadecimal digits: short enough to be written into a file by hand.
std::string digest_of(std::string_view text) {
    std::uint32_t hash = 2166136261U;
    for (const char letter : text) hash = (hash ^ static_cast<unsigned char>(letter)) * 16777619U;
    return fmt::format("{:08x}", hash);
}

std::string digest_of(const WordFence& fence) {
    const auto hint = fence.info.attributes.find("hint");
    return digest_of((hint == fence.info.attributes.end() ? "" : hint->second + '\n') + fence.fence.text);
}

std::string digest_of_prose(const Words& words) {
    std::string text = words.front.title + '\n' + words.front.chapter + '\n';
    for (const Block& block : words.prose) {
        for (const Run& run : block.runs) text += run.text;
        text += '\n';
    }
    return digest_of(text);
}

void add(Words& words, Block block) { words.prose.push_back(std::move(block)); }

void add(Words& words, MarkdownFence markdown) {
    FenceInfo info = parse_fence_info(markdown.info, words.file.at(markdown.first_line - 1));
    if (info.role == FenceRole::shown) {
        words.prose.push_back({BlockKind::code, {{RunStyle::code, std::move(markdown.text)}}});
    } else if (has_words(info.role)) {
        std::string key = key_of(info);
        words.order.push_back(key);
        words.fences[std::move(key)] = {std::move(info), {std::move(markdown.text), markdown.first_line}};
    }
}

std::string text_of(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    if (!stream) Place{file.string(), 0}.fail("can't read it", "check the name and who may read the file");
    return text.str();
}

void read_body(Words& words, std::string_view text, std::uint32_t front_lines) {
    std::size_t body = 0;
    for (std::uint32_t line = 0; line < front_lines; ++line) body = text.find('\n', body) + 1;
    for (auto& element : read_markdown(text.substr(body), words.file.at(front_lines + 1))) {
        std::visit([&](auto& part) { add(words, std::move(part)); }, element);
    }
}

Words words_of_original(const Lesson& lesson) {
    Words words{{lesson.file.string(), 0}, {}, {}, {}, {}};
    const std::string text = text_of(lesson.file);
    Lesson front;  // read anew: `lesson` may be in another language already
    read_body(words, text, read_front_matter(text, front, words.file));
    words.front = {front.title, front.chapter, ""};
    return words;
}

Words words_of_translation(const fs::path& file) {
    Words words{{file.string(), 0}, {}, {}, {}, {}};
    const std::string text = text_of(file);
    read_body(words, text, read_translated_front_matter(text, words.front, words.file));
    return words;
}

fs::path sibling_of(const Lesson& original, std::string_view language) {
    fs::path file = original.file;
    return file.replace_extension(fmt::format(".{}.md", language));
}

// -- the words into the lesson ----------------------------------------------------------------------------------------

/// The fence of the translation that belongs to the original's one; null: there is none.
const WordFence* find(const Words& words, std::string_view kind, std::string_view attribute, std::string_view value) {
    for (const auto& [key, fence] : words.fences) {
        const auto found = fence.info.attributes.find(std::string(attribute));
        const bool is_it = attribute.empty() || (found != fence.info.attributes.end() && found->second == value);
        if (key.starts_with(kind) && is_it) return &fence;
    }
    return nullptr;
}

Place place_of(const Words& words, const WordFence& fence) { return words.file.at(fence.fence.first_line - 1); }

/// Choices are lines of the output, so they stay what they are; what is said about them is translated.
void translate(Predict& predict, const Words& words, const WordFence& fence) {
    Predict translated = parse_predict(fence.fence, words.file);
    const bool fits = std::ranges::equal(
        translated.choices, predict.choices,
        [](const Choice& one, const Choice& other) { return one.text == other.text && one.right == other.right; });
    if (!fits) {
        place_of(words, fence)
            .fail("its choices are not those of the original",
                  "keep their texts, their order and the `[x]`; translate question and `why:`");
    }
    predict = std::move(translated);
}

template <typename Task>
void translate(Task& task, Task translated) {
    task.title = std::move(translated.title);
    task.prose = std::move(translated.prose);
}

void translate_fences(Lesson& lesson, const Words& words) {
    if (const WordFence* fence = find(words, "predict", "", ""); fence && lesson.predict) {
        translate(*lesson.predict, words, *fence);
    }
    for (Checkpoint& checkpoint : lesson.checkpoints) {
        if (const WordFence* fence = find(words, "checkpoint", "at", checkpoint.at)) {
            translate(checkpoint, parse_checkpoint(fence->fence, checkpoint.at, place_of(words, *fence)));
        }
    }
    for (Try& task : lesson.tries) {
        const WordFence* fence = find(words, "try", "goal", task.goal.text);
        if (!fence) continue;
        Try translated = parse_try(fence->fence, fence->info, place_of(words, *fence));
        task.hints = std::move(translated.hints);
        translate(task, std::move(translated));
    }
    if (!lesson.challenge) return;
    if (const WordFence* fence = find(words, "break", "invariant", lesson.challenge->invariant.text)) {
        Fence whole = fence->fence;
        whole.text += "schedule: " + to_text(lesson.challenge->schedule) + '\n';
        translate(*lesson.challenge, parse_break(whole, fence->info, place_of(words, *fence)));
    }
}

// -- what is missing or stale -----------------------------------------------------------------------------------------

std::string stale(const Place& place, std::string_view key, const std::string& of, const std::string& digest) {
    const std::string_view what = of.empty() ? "doesn't say what it was made from" : "was made from an older text";
    return fmt::format("{}:{}: {} {}; compare it with the original, then write of: {}", place.file, place.line, key,
                       what, digest);
}

void find_gaps(const Words& original, const Words& words, std::vector<std::string>& gaps) {
    const std::string prose = digest_of_prose(original);
    if (words.front.of != prose) gaps.push_back(stale(words.file.at(1), prose_key, words.front.of, prose));
    for (const std::string& key : original.order) {
        const auto found = words.fences.find(key);
        if (found == words.fences.end()) {
            gaps.push_back(fmt::format("{}: {} is missing; translate it from line {} of the original", words.file.file,
                                       key, original.fences.at(key).fence.first_line - 1));
            continue;
        }
        const auto of = found->second.info.attributes.find("of");
        const std::string written = of == found->second.info.attributes.end() ? "" : of->second;
        const std::string digest = digest_of(original.fences.at(key));
        if (written != digest) gaps.push_back(stale(place_of(words, found->second), key, written, digest));
    }
    for (const std::string& key : words.order) {
        if (original.fences.contains(key)) continue;
        gaps.push_back(fmt::format("{}:{}: {} is not in the original; take it out, or correct it", words.file.file,
                                   place_of(words, words.fences.at(key)).line, key));
    }
}

}  // namespace

std::string language_of(const fs::path& file) {
    if (file.extension() != ".md") return "";
    const std::string language = file.stem().extension().string();
    return language.empty() ? "" : language.substr(1);
}

fs::path original_of(const fs::path& translation) {
    fs::path file = translation;
    return file.replace_extension().replace_extension(".md");
}

std::vector<std::string> languages_of(const Lesson& original) {
    std::set<std::string> languages;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(original.file.parent_path(), error)) {
        const std::string language = language_of(entry.path());
        if (!language.empty() && entry.path().stem().stem() == original.file.stem()) languages.insert(language);
    }
    return {languages.begin(), languages.end()};
}

Lesson in_language(const Lesson& original, std::string_view language) {
    const fs::path file = sibling_of(original, language);
    if (!fs::exists(file)) return original;
    Words words = words_of_translation(file);
    Lesson lesson = original;
    lesson.title = words.front.title;
    lesson.chapter = words.front.chapter;
    if (!words.prose.empty()) lesson.prose = std::move(words.prose);
    translate_fences(lesson, words);
    return lesson;
}

std::vector<std::string> gaps_of(const Lesson& original, std::string_view language) {
    std::vector<std::string> gaps;
    find_gaps(words_of_original(original), words_of_translation(sibling_of(original, language)), gaps);
    return gaps;
}

}  // namespace co::lessons
