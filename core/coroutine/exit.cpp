#include <co/exit.h>

#include <cstdlib>

#include <co/scheduler.h>

void co::process::exit(int exit_code) {
    Scheduler::current().kernel().exit_process(exit_code);
    std::abort();  // never: the compiler cannot know it of a virtual function
}
