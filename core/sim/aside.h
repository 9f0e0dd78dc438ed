// AsideCalls: the helper threads of a simulated process, which make its calls that may block.
//
//     task.aside.give(world, task, [](Kernel& own) { … own.read_file("notes.txt") … });
//
// A helper is made when a call finds none idle, up to a few; then calls wait in line.
#pragma once

#include <deque>
#include <vector>

#include <co/kernel.h>

namespace co::sim {

class World;
struct Task;

class AsideCalls {
  public:
    void give(World& world, Task& process, ThreadBody work);

  private:
    void help(Kernel& own);

    std::deque<ThreadBody> waiting_;
    std::vector<Kernel*> idle_;
    std::size_t helpers_ = 0;
};

}  // namespace co::sim
