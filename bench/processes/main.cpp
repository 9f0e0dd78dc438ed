// bench_processes: what several processes of a server do for each other: tasks, and rows that they share.
#include <filesystem>

#include "bench/driver/drive.h"

int main(int argc, char** argv) {
    using namespace co::bench;
    const auto folder = std::filesystem::read_symlink("/proc/self/exe").parent_path() / "contest" / "processes";
    return drive(
        argc, argv,
        {.name = "processes",
         .title = "Measures processes of a server that work together, beside the least that the machine takes.",
         .what = "time on the clock, but for the rows of CPU time",
         .rows = process_rows(),
         .contestants = process_contestants(folder),
         .is_on_one_core = false});
}
