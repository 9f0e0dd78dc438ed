#include <co/remote.h>

#include <utility>

namespace co {

bool RemoteQueue::post(RemoteWork work) {
    std::lock_guard lock(mutex_);
    if (!kernel_) return false;
    work_.push_back(std::move(work));
    kernel_->interrupt();
    return true;
}

void RemoteQueue::opened() {
    std::lock_guard lock(mutex_);
    ++open_;
}

void RemoteQueue::closed() {
    std::lock_guard lock(mutex_);
    --open_;
    if (open_ == 0 && kernel_) kernel_->interrupt();  // the scheduler may be waiting for nobody else
}

std::vector<RemoteWork> RemoteQueue::take() {
    std::lock_guard lock(mutex_);
    return std::exchange(work_, {});
}

bool RemoteQueue::is_open() {
    std::lock_guard lock(mutex_);
    return open_ > 0 || !work_.empty();
}

void RemoteQueue::shut() {
    std::vector<RemoteWork> dropped;  // destroyed outside the lock: it may hold a Remote
    std::lock_guard lock(mutex_);
    kernel_ = nullptr;
    dropped.swap(work_);
}

}  // namespace co
