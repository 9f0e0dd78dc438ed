#include "open_file.h"

#include "task.h"

namespace co::sim {

Readiness Watch::found() const {
    Readiness now = file->readiness();
    return {now.read && interest.read, now.write && interest.write, now.hangup};
}

void OpenFile::changed() {
    for (Watch* watch : watches_)
        if (any(watch->found())) watch->thread->may_be_ready(*watch);
}

}  // namespace co::sim
