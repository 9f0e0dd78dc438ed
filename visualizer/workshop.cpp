#include "visualizer/workshop.h"

#include <stdexcept>

namespace co::studio {

void Workshop::save(const lessons::Lesson&, const std::string&) {
    throw std::runtime_error("Your version of a lesson's program is kept by itself; the lesson stays as it is.");
}

std::string Workshop::write_text(const std::string&, const std::string&) {
    throw std::runtime_error("Files can't be written here.");
}

std::string Workshop::write_picture(const Screenshot&, const std::string&) {
    throw std::runtime_error("Pictures can't be written here.");
}

}  // namespace co::studio
