#include "lessons/format/fence.h"

#include <algorithm>
#include <array>

#include <co/suggest.h>
#include <fmt/format.h>

#include "lessons/format/text_lines.h"

namespace co::lessons {
namespace {

struct KnownFence {
    std::string_view words;
    FenceRole role;
    std::array<std::string_view, 2> attributes;  // those that it needs; empty: none
    std::string_view example;
    std::string_view optional = {};  // one that it may have
};

constexpr std::array known_fences = {
    KnownFence{"lua run", FenceRole::program, {}, "```lua run"},
    KnownFence{"lua world", FenceRole::world, {}, "```lua world"},
    KnownFence{"expect", FenceRole::expect, {}, "```expect", "error"},
    KnownFence{"cpp", FenceRole::cpp, {}, "```cpp"},
    KnownFence{"predict", FenceRole::predict, {}, "```predict", "of"},
    KnownFence{"checkpoint", FenceRole::checkpoint, {"at"}, "```checkpoint at=\"push results\"", "of"},
    KnownFence{
        "try", FenceRole::attempt, {"goal", "hint"}, "```try goal=\"print 'got tea'\" hint=\"Who pushes?\"", "of"},
    KnownFence{"lua solution", FenceRole::solution, {}, "```lua solution"},
    KnownFence{"solution", FenceRole::solution, {}, "```lua solution"},
    KnownFence{"break", FenceRole::challenge, {"invariant"}, "```break invariant=\"print 'got tea'\"", "of"},
    KnownFence{"lua", FenceRole::shown, {}, "```lua"},
    KnownFence{"text", FenceRole::shown, {}, "```text"},
    KnownFence{"", FenceRole::shown, {}, "```"},
};

// Cuts the next word, or the next name="value", off the front of `rest`.
std::string_view cut_word(std::string_view& rest) {
    const std::size_t end = std::min(rest.find_first_of(" \t="), rest.size());
    const std::string_view word = rest.substr(0, end);
    rest.remove_prefix(end);
    return word;
}

std::string cut_value(std::string_view& rest, std::string_view name, const Place& place) {
    rest.remove_prefix(1);  // the `=`
    const char quote = rest.empty() ? ' ' : rest.front();
    const std::size_t end = quote == '"' || quote == '\'' ? rest.find(quote, 1) : std::string_view::npos;
    if (end == std::string_view::npos) {
        place.fail(fmt::format("the value of `{}` isn't between two quotes", name),
                   fmt::format("write {}=\"…\" or {}='…'", name, name));
    }
    std::string value(rest.substr(1, end - 1));
    rest.remove_prefix(end + 1);
    return value;
}

const KnownFence& known_fence(std::string_view words, const Place& place) {
    const auto found = std::find_if(known_fences.begin(), known_fences.end(),
                                    [&](const KnownFence& known) { return known.words == words; });
    if (found != known_fences.end()) return *found;
    std::vector<std::string_view> all;
    for (const auto& known : known_fences) {
        if (!known.words.empty()) all.push_back(known.words);
    }
    place.fail(fmt::format("unknown kind of fence `{}`", words), suggest(words, all));
}

void check_attributes(const KnownFence& known, const FenceInfo& fence, const Place& place) {
    for (const auto& [name, value] : fence.attributes) {
        if (!name.empty() && name == known.optional) continue;
        if (!name.empty() && std::ranges::find(known.attributes, name) != known.attributes.end()) continue;
        place.fail(fmt::format("a `{}` fence has no attribute `{}`", known.words, name),
                   fmt::format("write {}", known.example));
    }
    for (const std::string_view needed : known.attributes) {
        if (needed.empty() || fence.attributes.contains(std::string(needed))) continue;
        place.fail(fmt::format("a `{}` fence needs the attribute `{}`", known.words, needed),
                   fmt::format("write {}", known.example));
    }
}

}  // namespace

FenceInfo parse_fence_info(std::string_view info, const Place& place) {
    FenceInfo fence;
    std::string words;
    for (std::string_view rest = trim(info); !rest.empty(); rest = trim(rest)) {
        const std::string_view word = cut_word(rest);
        if (rest.starts_with('=')) {
            fence.attributes[std::string(word)] = cut_value(rest, word, place);
        } else {
            if (!words.empty()) words += ' ';
            words += word;
        }
    }
    const KnownFence& known = known_fence(words, place);
    check_attributes(known, fence, place);
    fence.role = known.role;
    return fence;
}

}  // namespace co::lessons
