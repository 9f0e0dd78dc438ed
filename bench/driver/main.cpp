// bench_core: the runtime in one process, on one core.
#include <filesystem>

#include "bench/driver/drive.h"

int main(int argc, char** argv) {
    using namespace co::bench;
    const auto folder = std::filesystem::read_symlink("/proc/self/exe").parent_path() / "contest";
    return drive(argc, argv,
                 {.name = "core",
                  .title = "Measures the runtime beside what the machine itself takes and beside its peers.",
                  .what = "CPU time of the whole process",
                  .rows = core_rows(),
                  .contestants = all_contestants(folder)});
}
