// OpenFile: what a descriptor stands for. Processes that forked share it; it closes with its last descriptor.
//
//     class Listener final : public OpenFile { … };
//     file->changed();      // whoever watches it learns that its readiness may be another one now
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <co/kernel.h>

namespace co::sim {

struct Thread;
class OpenFile;

/// One descriptor in the set that a thread watches.
struct Watch {
    Thread* thread = nullptr;
    Fd fd{};
    std::shared_ptr<OpenFile> file;
    Readiness interest;
    bool is_candidate = false;  // it stands in the thread's list of those that may be ready

    /// What it is to be told of; hangup always.
    Readiness found() const;
};

constexpr bool any(Readiness readiness) { return readiness.read || readiness.write || readiness.hangup; }

class OpenFile : public std::enable_shared_from_this<OpenFile> {
  public:
    OpenFile() = default;
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    virtual ~OpenFile() = default;

    virtual Readiness readiness() const = 0;
    /// The last descriptor that stood for it was closed.
    virtual void closed() = 0;

    /// Wakes those that watch it for what it is ready for now.
    void changed();
    void add(Watch& watch) { watches_.push_back(&watch); }
    void remove(Watch& watch) { std::erase(watches_, &watch); }

    int descriptors = 0;  // that stand for it, in all processes

  private:
    std::vector<Watch*> watches_;
};

}  // namespace co::sim
