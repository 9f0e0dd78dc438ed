// Mailboxes and rings side by side, as they are where calls of the system cost.
#include "core/server/post.h"

#include <co/linux_kernel.h>
#include <co/scheduler.h>

#include <doctest/doctest.h>

namespace co::server {
namespace {

constexpr std::size_t longest_message = 1000;
constexpr std::uint32_t in_ring = 500;

struct Correspondents {
    explicit Correspondents(Kernel& its_kernel)
        : kernel(its_kernel),
          boxes(*Mailboxes::open(kernel, {.mode = ServerMode::base, .workers = 1, .task_workers = 1})) {}
    ~Correspondents() { boxes.close(kernel); }
    Post post(RoleId role) { return {kernel, boxes, role, longest_message, services}; }

    Kernel& kernel;
    Mailboxes boxes;
    Services services;
};

}  // namespace

TEST_CASE("post: what is in the mailbox has its turn while a ring is never empty") {
    LinuxKernel kernel;
    std::uint32_t from_worker = 0, before_manager = in_ring;
    const RunReport report = Scheduler(kernel).run([&] {
        const RoleId manager{RoleKind::manager, 0}, worker{RoleKind::worker, 0}, task_worker{RoleKind::task_worker, 0};
        Correspondents all(kernel);
        Post of_worker = all.post(worker), of_manager = all.post(manager), of_task_worker = all.post(task_worker);
        for (std::uint32_t number = 0; number < in_ring; ++number)
            of_worker.send_now(task_worker, Lane::work, {.kind = MessageKind::task, .number = number});
        // The mailbox is looked into at first, so this comes when it has been.
        of_task_worker.listen(Lane::work, [&](const Message& message) {
            if (message.from == manager) before_manager = from_worker;
            if (message.from == worker && from_worker++ == 0)
                of_manager.send_now(task_worker, Lane::work, {.kind = MessageKind::pipe_message});
            return from_worker < in_ring;
        });
    });
    CHECK(report.text() == "");
    CHECK(from_worker == in_ring);
    CHECK(before_manager <= 65);
}

}  // namespace co::server
