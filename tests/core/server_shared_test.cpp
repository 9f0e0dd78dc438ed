// Workers that die while they hold what all share: the others go on, and nothing is half done.
#include <co/blocking.h>
#include <co/shared_lock.h>
#include <co/table.h>

#include "tests/core/served.h"

namespace co::test {
namespace {

/// A server of two workers that take turns. One does what `holds` does and never returns, is killed there, and the
/// other one answers with what `goes_on` gives.
void kill_the_holder(Served& served, const std::function<void()>& holds, const std::function<std::string()>& goes_on,
                     const std::string& expected) {
    served.server.set({.workers = 2, .dispatch = DispatchPolicy::round_robin});
    served.server.on_receive([&](Connection from, std::string_view packet) {
        if (packet == "hold") holds();
        from.send(goes_on());
    });
    served.visit([&] {
        served.await_starts(2);
        Visitor holder = served.connect();
        holder.say("hold");
        served.await_said(1);
        Visitor other = served.connect();
        other.say("go on");
        const TimePoint killed = co::now();
        CHECK(bool(served.kernel->send_signal(served.process_of(0), Signal::kill)));
        CHECK(other.hear(10s) == expected);
        CHECK(is_within(co::now() - killed, Duration(1s)));
        CHECK(holder.hear(10s) == "reset");
    });
}

}  // namespace

SERVER_TEST("a worker is killed with the Lock held: another one has it within 1 s, and is told so") {
    Served served;
    SharedLock* lock = nullptr;
    served.prepare = [&] {
        auto made = std::make_shared<SharedLock>();
        lock = made.get();
        return made;
    };
    const auto holds = [&] {
        CHECK(lock->lock() == LockStatus::ok);
        served.say("held");
        co::sleep(3600s);
    };
    const auto goes_on = [&] {
        const LockStatus status = lock->lock();
        lock->unlock();
        return std::string(name(status));
    };
    kill_the_holder(served, holds, goes_on, "recovered");
}

SERVER_TEST("a worker is killed inside of a row's lock: another one goes on within 1 s, and the row is not torn") {
    Served served;
    Table* table = nullptr;
    served.prepare = [&] {
        auto made = std::make_shared<Table>(8, std::vector<Column>{{"left"}, {"right"}});
        table = made.get();
        CHECK(table->set("row", {{table->column("left"), 7}, {table->column("right"), 7}}));
        return made;
    };
    const auto holds = [&] {
        table->update("row", [&](RowEdit& row) {
            row.set({table->column("left"), 8});
            served.say("inside");
            co::blocking::sleep(3600s);  // where the kill finds it
            row.set({table->column("right"), 8});
        });
    };
    const auto goes_on = [&] {
        const auto row = table->get("row");
        CHECK(table->set("row", {{table->column("left"), 9}, {table->column("right"), 9}}));
        const auto own = table->get("row");
        const auto text = [&](const TableRow& one) {
            return std::to_string(one.integer(table->column("left"))) + '=' +
                   std::to_string(one.integer(table->column("right")));
        };
        return text(*row) + " then " + text(*own);
    };
    kill_the_holder(served, holds, goes_on, "7=7 then 9=9");
}

}  // namespace co::test
