#include "lessons/format/place.h"

#include "lessons/format/lesson.h"

namespace co::lessons {

void Place::fail(std::string_view what, std::string_view remedy) const {
    std::string message = file;
    if (line > 0) message += ":" + std::to_string(line);
    message.append(": ").append(what).append("; ").append(remedy);
    throw LessonError(message);
}

}  // namespace co::lessons
