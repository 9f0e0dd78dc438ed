// co::run() for the twin of a lesson with a world or a server: on the simulated machine, with the world's own script
// around it. The variable COSTUDIO_TWIN_LESSON names the lesson.
#include <cstdio>
#include <cstdlib>
#include <utility>

#include <co/run.h>

#include "lessons/format/lesson.h"
#include "lessons/host/play.h"

namespace co {

int run(Callable main) {
    const char* file = std::getenv("COSTUDIO_TWIN_LESSON");
    const lessons::Lesson lesson = lessons::read_lesson(file ? file : "");
    lessons::Play play(lessons::script_of(lesson), {.seed = lesson.seeds.front(), .limits = lesson.limits});
    const RunReport report = play.run_program(
        std::move(main), [](std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); });
    std::fputs(report.text().c_str(), stderr);
    return report.ok() ? 0 : 1;
}

}  // namespace co
