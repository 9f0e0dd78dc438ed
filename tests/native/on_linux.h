// Running a program on the machine that the tests run on, in a folder of its own.
//
//     const co::tests::Folder folder;
//     CHECK(run_on_linux([&] { CHECK(co::write_file(folder.file("note"), "tea")); }) == "");
#pragma once

#include <string>

#include <co/linux_kernel.h>
#include <co/scheduler.h>

#include "tests/folder.h"

/// Runs `program` on a kernel of its own; what went wrong.
template <typename Program>
std::string run_on_linux(Program program) {
    co::LinuxKernel kernel;
    co::Scheduler scheduler(kernel);
    return scheduler.run(program).text();
}
