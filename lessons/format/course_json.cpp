#include "lessons/format/course_json.h"

#include <nlohmann/json.hpp>

#include "lessons/format/lesson_json.h"
#include "lessons/format/translation.h"

namespace co::lessons {
namespace {

using nlohmann::json;

/// Only what is said in words; the rest of a lesson is the same in every language.
json words_of(const Lesson& translated) {
    const json whole = json::parse(lesson_json(translated));
    json words;
    for (const char* name : {"title", "chapter", "blocks", "predict", "checkpoints", "tries", "challenge"}) {
        words[name] = whole.at(name);
    }
    for (json& one : words["tries"]) {
        for (const char* name : {"goal", "solution"}) one.erase(name);
    }
    if (json& challenge = words["challenge"]; !challenge.is_null()) {
        for (const char* name : {"invariant", "schedule"}) challenge.erase(name);
    }
    return words;
}

json in_all_languages(const Lesson& lesson) {
    json all = json::parse(lesson_json(lesson));
    all["translations"] = json::object();
    for (const std::string& language : languages_of(lesson)) {
        all["translations"][language] = words_of(in_language(lesson, language));
    }
    return all;
}

}  // namespace

std::string course_json(const std::vector<Lesson>& lessons) {
    json course = {{"version", 2}, {"lessons", json::array()}};
    for (const Lesson& lesson : lessons) course["lessons"].push_back(in_all_languages(lesson));
    return course.dump();
}

}  // namespace co::lessons
