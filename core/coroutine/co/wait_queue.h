// WaitQueue: the coroutines that wait at one place, first come first served. For those who build a new primitive.
//
//     co::WaitNode node(scheduler.running());
//     waiters.push_back(node);
//     co::WaitStatus reason = scheduler.park(place, expiry, &node);   // then the node is out of the queue again
//     // and somebody else, meanwhile:
//     scheduler.wake(*waiters.front()->coroutine, co::WaitStatus::ok);
//
// A node lies on the stack of the coroutine that waits. Whatever wakes it first (a partner, a deadline, a cancel) takes
// it out of the queue at once, so nobody can wake it twice.
#pragma once

#include <cstddef>

namespace co {

class Coroutine;

struct WaitNode {
    explicit WaitNode(Coroutine* waiting) : coroutine(waiting) {}
    WaitNode(const WaitNode&) = delete;
    WaitNode& operator=(const WaitNode&) = delete;
    ~WaitNode() { unlink(); }

    void unlink() {
        previous_->next_ = next_;
        next_->previous_ = previous_;
        previous_ = next_ = this;
    }
    bool is_linked() const { return next_ != this; }

    Coroutine* coroutine;
    WaitNode* sibling = nullptr;  // the next place where the same coroutine waits (select)

  private:
    friend class WaitQueue;
    WaitNode* previous_ = this;
    WaitNode* next_ = this;
};

class WaitQueue {
  public:
    bool is_empty() const { return !ring_.is_linked(); }
    WaitNode* front() { return is_empty() ? nullptr : ring_.next_; }
    void push_back(WaitNode& node) {
        node.previous_ = ring_.previous_;
        node.next_ = &ring_;
        ring_.previous_->next_ = &node;
        ring_.previous_ = &node;
    }
    std::size_t size() const {
        std::size_t count = 0;
        for (const WaitNode* node = ring_.next_; node != &ring_; node = node->next_) ++count;
        return count;
    }

  private:
    WaitNode ring_{nullptr};
};

}  // namespace co
