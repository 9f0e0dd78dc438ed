#include "lessons/format/lesson_json.h"

#include <charconv>

#include <nlohmann/json.hpp>

namespace co::lessons {
namespace {

using nlohmann::json;

const char* name(BlockKind kind) {
    switch (kind) {
        case BlockKind::paragraph:
            return "paragraph";
        case BlockKind::heading:
            return "heading";
        case BlockKind::bullet:
            return "bullet";
        case BlockKind::code:
            return "code";
    }
    return "paragraph";
}

const char* name(RunStyle style) {
    switch (style) {
        case RunStyle::plain:
            return "plain";
        case RunStyle::strong:
            return "strong";
        case RunStyle::emphasis:
            return "emphasis";
        case RunStyle::code:
            return "code";
    }
    return "plain";
}

/// A JSON number holds 53 bits only.
json seeds_of(const Lesson& lesson) {
    json seeds = json::array();
    for (const std::uint64_t seed : lesson.seeds) seeds.push_back(std::to_string(seed));
    return seeds;
}

json limits_of(const Limits& limits) {
    return {{"lines", limits.lines},
            {"coroutines", limits.coroutines},
            {"horizon", limits.horizon ? json(*limits.horizon) : json()}};
}

json blocks_of(const std::vector<Block>& prose) {
    json blocks = json::array();
    for (const Block& block : prose) {
        json runs = json::array();
        for (const Run& run : block.runs) runs.push_back({{"style", name(run.style)}, {"text", run.text}});
        blocks.push_back({{"kind", name(block.kind)}, {"runs", std::move(runs)}});
    }
    return blocks;
}

json predict_of(const std::optional<Predict>& predict) {
    if (!predict) return {};
    json choices = json::array();
    for (const Choice& choice : predict->choices)
        choices.push_back({{"text", choice.text}, {"right", choice.right}, {"why", choice.why}});
    return {{"question", predict->question}, {"choices", std::move(choices)}};
}

json checkpoints_of(const Lesson& lesson) {
    json checkpoints = json::array();
    for (const Checkpoint& one : lesson.checkpoints)
        checkpoints.push_back({{"at", one.at}, {"title", one.title}, {"prose", one.prose}});
    return checkpoints;
}

json text_of(const std::optional<Fence>& fence) { return fence ? json(fence->text) : json(); }

json tries_of(const Lesson& lesson) {
    json tries = json::array();
    for (const Try& one : lesson.tries) {
        tries.push_back({{"goal", one.goal.text},
                         {"title", one.title},
                         {"prose", one.prose},
                         {"hints", one.hints},
                         {"solution", text_of(one.solution)}});
    }
    return tries;
}

json challenge_of(const std::optional<Break>& challenge) {
    if (!challenge) return {};
    return {{"invariant", challenge->invariant.text},
            {"title", challenge->title},
            {"prose", challenge->prose},
            {"schedule", to_text(challenge->schedule)}};
}

json to_json(const Lesson& lesson) {
    return {{"id", lesson.id},
            {"title", lesson.title},
            {"chapter", lesson.chapter},
            {"order", lesson.order},
            {"needs", lesson.needs},
            {"panels", lesson.panels},
            {"clock", lesson.clock},
            {"seeds", seeds_of(lesson)},
            {"limits", limits_of(lesson.limits)},
            {"blocks", blocks_of(lesson.prose)},
            {"program", {{"text", lesson.program.text}, {"first_line", lesson.program.first_line}}},
            {"world", text_of(lesson.world)},
            {"expect", text_of(lesson.expect)},
            {"expected_error", lesson.expected_error.empty() ? json() : json(lesson.expected_error)},
            {"cpp", text_of(lesson.cpp)},
            {"predict", predict_of(lesson.predict)},
            {"checkpoints", checkpoints_of(lesson)},
            {"tries", tries_of(lesson)},
            {"challenge", challenge_of(lesson.challenge)}};
}

std::uint64_t seed_of(const std::string& text) {
    std::uint64_t seed = 0;
    std::from_chars(text.data(), text.data() + text.size(), seed);
    return seed;
}

Lesson from_json(const json& source) {
    Lesson lesson;
    lesson.id = source.at("id");
    lesson.title = source.at("title");
    lesson.chapter = source.at("chapter");
    lesson.order = source.at("order");
    lesson.panels = source.at("panels");
    lesson.clock = source.at("clock");
    lesson.seeds.clear();
    for (const json& seed : source.at("seeds")) lesson.seeds.push_back(seed_of(seed));
    if (lesson.seeds.empty()) lesson.seeds.push_back(0);
    lesson.program.text = source.at("program").at("text");
    lesson.program.first_line = source.at("program").at("first_line");
    if (const auto world = source.find("world"); world != source.end() && world->is_string())
        lesson.world.emplace().text = *world;
    for (const json& one : source.at("checkpoints"))
        lesson.checkpoints.push_back({.at = one.at("at"), .title = one.at("title"), .prose = one.at("prose")});
    for (const json& one : source.at("tries"))
        lesson.tries.emplace_back().goal = parse_goal(one.at("goal").get<std::string>());
    if (const json& challenge = source.at("challenge"); !challenge.is_null())
        lesson.challenge.emplace().invariant = parse_goal(challenge.at("invariant").get<std::string>());
    return lesson;
}

}  // namespace

std::string lesson_json(const Lesson& lesson) { return to_json(lesson).dump(); }

Lesson lesson_from_json(std::string_view text) try {
    return from_json(json::parse(text));
} catch (const std::exception& error) {  // of the JSON's shape, or of a goal's words
    throw LessonError(std::string("This is no lesson as course.json has it: ") + error.what());
}

}  // namespace co::lessons
