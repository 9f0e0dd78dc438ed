#include "lessons/host/simulate.h"

#include "lessons/host/message.h"
#include "lessons/host/play.h"

namespace co::lessons {

RunResult simulate(const Script& script, const SimOptions& options) { return Play(script, options).run(); }

Script script_of(const Lesson& lesson) {
    Script script;
    const bool is_lesson = lesson.file.extension() == ".md";
    script.name = is_lesson ? "main.lua" : lesson.file.string();
    script.text = lesson.program.text;
    script.line_offset = lesson.program.first_line - 1;
    script.file = lesson.file.string();
    if (lesson.world) {
        script.world = lesson.world->text;
        script.world_offset = lesson.world->first_line - 1;
    }
    return script;
}

Script world_of(const Script& script) {
    return {.name = script.world_file.empty() ? "world.lua" : script.world_file,
            .text = script.world,
            .line_offset = script.world_offset,
            .file = script.world_file.empty() ? file_of(script) : script.world_file};
}

}  // namespace co::lessons
