#include "native/cli/choices.h"

#include <filesystem>
#include <fstream>
#include <iterator>

#include "native/cli/exit.h"

namespace co::cli {

co::lessons::Schedule parse_choices(const std::string& word) {
    std::string text = word;
    if (std::filesystem::is_regular_file(word)) {
        std::ifstream in(word, std::ios::binary);
        text.assign(std::istreambuf_iterator<char>(in), {});
    }
    try {
        return co::lessons::parse_schedule(text);
    } catch (const co::lessons::ScheduleError& error) {
        throw Misunderstood(std::string("--schedule: ") + error.what() + ", or name a file of such choices");
    }
}

}  // namespace co::cli
