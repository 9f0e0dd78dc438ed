#include <co/machine.h>
#include <co/table.h>
#include <doctest/doctest.h>

#include <map>

#include "tests/core/on_machine.h"

using namespace co::test;
using co::ColumnType;

namespace {

std::vector<co::Column> people() {
    return {{"name", ColumnType::text, 8}, {"age", ColumnType::integer}, {"height", ColumnType::floating}};
}

}  // namespace

TEST_CASE("table: a row is found by its key, and columns that are not named stay as they are") {
    on_machine([] {
        co::Table table(4, people());
        const auto name = table.column("name"), age = table.column("age"), height = table.column("height");
        CHECK_FALSE(table.get("ann"));
        CHECK(table.set("ann", {{name, "Ann"}, {age, 31}}));
        CHECK(table.set("ann", {{height, 1.75}}));
        auto row = table.get("ann");
        REQUIRE(row);
        CHECK(row->text(name) == "Ann");
        CHECK(row->integer(age) == 31);
        CHECK(row->floating(height) == 1.75);
        CHECK(table.exists("ann"));
        CHECK(table.count() == 1);
        CHECK(table.erase("ann"));
        CHECK_FALSE(table.erase("ann"));
        CHECK(table.count() == 0);
        CHECK(table.set("ann", {}));
        CHECK(table.get("ann")->text(name) == "");
        CHECK(table.get("ann")->integer(age) == 0);
    });
}

TEST_CASE("table: n - 1, n rows fit, one more is refused, and erasing one makes room") {
    on_machine([] {
        for (std::size_t rows : {1u, 2u, 3u, 64u, 1000u}) {
            co::Table table(rows, {{"n", ColumnType::integer}});
            const auto n = table.column("n");
            for (std::size_t row = 0; row < rows; ++row)
                CHECK(table.set(std::to_string(row), {{n, static_cast<std::int64_t>(row)}}));
            CHECK_FALSE(table.set("more", {{n, 1}}));
            CHECK_FALSE(table.add("more", n, std::int64_t{1}));
            CHECK(table.count() == rows);
            CHECK(table.set("0", {{n, 7}}));
            CHECK(table.erase("0"));
            CHECK(table.set("more", {{n, 1}}));
            for (std::size_t row = 1; row < rows; ++row)
                CHECK(table.get(std::to_string(row))->integer(n) == static_cast<std::int64_t>(row));
        }
    });
}

TEST_CASE("table: against a std::map, over random changes") {
    on_machine([] {
        co::Table table(40, {{"n", ColumnType::integer}});
        const auto n = table.column("n");
        std::map<std::string, std::int64_t> model;
        co::Kernel& kernel = co::Scheduler::current().kernel();
        for (std::int64_t step = 0; step < 20'000; ++step) {
            std::string key = "key " + std::to_string(kernel.random() % 60);
            switch (kernel.random() % 4) {
                case 0: {
                    bool has_room = model.contains(key) || model.size() < 40;
                    CHECK(table.set(key, {{n, step}}) == has_room);
                    if (has_room) model[key] = step;
                    break;
                }
                case 1:
                    CHECK(table.erase(key) == (model.erase(key) == 1));
                    break;
                case 2: {
                    bool has_room = model.contains(key) || model.size() < 40;
                    auto sum = table.add(key, n, std::int64_t{3});
                    CHECK(bool(sum) == has_room);
                    if (has_room) CHECK(*sum == (model[key] += 3));
                    break;
                }
                default:
                    auto row = table.get(key);
                    CHECK(bool(row) == model.contains(key));
                    if (row) CHECK(row->integer(n) == model[key]);
            }
        }
        CHECK(table.count() == model.size());
        std::map<std::string, std::int64_t> seen;
        table.each(
            [&](std::string_view key, const co::TableRow& row) { CHECK(seen.emplace(key, row.integer(n)).second); });
        CHECK(seen == model);
    });
}

TEST_CASE("table: misuse throws and names what is wrong, and the row stays as it was") {
    on_machine([] {
        CHECK_THROWS_AS(co::Table(0, people()), std::invalid_argument);
        CHECK_THROWS_AS(co::Table(4, {}), std::invalid_argument);
        CHECK_THROWS_AS(co::Table(4, {co::Column{"a"}, co::Column{"a"}}), std::invalid_argument);
        CHECK_THROWS_AS(co::Table(4, {co::Column{"a", ColumnType::text, 0}}), std::invalid_argument);
        co::Table table(4, people());
        const auto name = table.column("name"), age = table.column("age");
        CHECK_THROWS_WITH(table.column("nmae"), "Table: there is no column 'nmae'");
        CHECK_THROWS_WITH(table.set("ann", {{age, 1}, {age, "old"}}),
                          "Table: the column 'age' holds an integer, not a text");
        CHECK_THROWS_WITH(table.set("ann", {{name, "Annabella"}}),
                          "Table: the column 'name' holds at most 8 bytes, not 9");
        CHECK_THROWS_AS(table.set("", {}), std::invalid_argument);
        CHECK_THROWS_AS(table.set(std::string(64, 'k'), {}), std::invalid_argument);
        CHECK(table.count() == 0);
        CHECK(table.set(std::string(63, 'k'), {{name, "12345678"}}));
        CHECK_THROWS_AS(table.set(std::string(63, 'k'), {{name, "other"}, {age, 1.5}}), std::invalid_argument);
        CHECK(table.get(std::string(63, 'k'))->text(name) == "12345678");
    });
}

TEST_CASE("table: processes share it, and one that is killed inside a row's lock holds up nobody, and tears no row") {
    for (std::uint64_t seed : {0u, 1u, 2u, 3u, 4u}) {
        co::sim::Machine machine({.seed = seed});
        auto app = machine.host("app");
        Words said;
        app.start([&] {
            co::Kernel& kernel = co::Scheduler::current().kernel();
            auto table = std::make_shared<co::Table>(8, people());
            const auto name = table->column("name"), age = table->column("age");
            CHECK(table->set("ann", {{name, "Ann"}, {age, 30}}));
            auto dies_within = [table, name, age](std::string key) {
                return [=](co::Kernel& own) {
                    co::Scheduler scheduler(own);
                    scheduler.run([&] {
                        table->update(key, [&](co::RowEdit& row) {
                            row.set({name, "torn"});
                            own.hold_thread(1h, co::Holding::asleep);  // where the kill finds it
                            row.set({age, 99});
                        });
                    });
                    return 0;
                };
            };
            auto old_row = kernel.spawn_process("changes", dies_within("ann")),
                 new_row = kernel.spawn_process("adds", dies_within("ben"));
            co::sleep(1ms);
            co::go([&] {
                co::sleep(5ms);
                CHECK(kernel.send_signal(*old_row, co::Signal::kill));
                CHECK(kernel.send_signal(*new_row, co::Signal::kill));
            });
            auto visitor = kernel.spawn_process("visitor", [&, table, name, age](co::Kernel& own) {
                co::Scheduler scheduler(own);
                scheduler.run([&] {
                    auto ann = table->get("ann");  // waits for the one that is killed
                    said.push_back(std::string(ann->text(name)) + ' ' + std::to_string(ann->integer(age)));
                    said.push_back(table->exists("ben") ? "ben" : "no ben");
                    CHECK(table->set("ann", {{age, 31}}));
                    CHECK(table->set("ben", {{age, 1}}));
                });
                return 0;
            });
            CHECK(visitor);
            co::sleep(1s);
            said.push_back(std::to_string(table->count()) + ' ' + std::to_string(table->get("ann")->integer(age)));
            while (*kernel.reap_child()) continue;
        });
        machine.run_for(10s);
        CHECK(machine.failures() == Words{});
        CHECK(said == Words{"Ann 30", "no ben", "2 31"});
    }
}

TEST_CASE("table: the trace has one event for each call, with the row and what came of it") {
    const Simulated run([](Words&) {
        co::Table stock(1,
                        {{"left", ColumnType::integer}, {"name", ColumnType::text, 8}, {"price", ColumnType::floating}},
                        "stock");
        const co::ColumnId left = stock.column("left"), name = stock.column("name"), price = stock.column("price");
        stock.set("tea", {{left, 10}, {name, "a\"b"}, {price, 1.5}});
        stock.set("salt", {{left, 1}});
        stock.get("tea");
        stock.get("salt");
        stock.exists("tea");
        stock.add("tea", left, -1);
        stock.update("tea", [&](co::RowEdit& row) { row.set({left, 3}); });
        stock.each([](std::string_view, const co::TableRow&) {});
        static_cast<void>(stock.count());
        stock.erase("tea");
        stock.erase("tea");
    });
    Words events;
    for (const co::trace::Event& event : run.trace.events)
        if (event.kind >= co::trace::EventKind::shared)
            events.push_back(std::string(co::trace::name(event.kind)) + ' ' + std::to_string(event.value) + ' ' +
                             std::string(run.trace.text(event)));
    CHECK(events == Words{"shared 1 stock", "shared_write 1 set(\"tea\") left = 10, name = \"a\\\"b\", price = 1.5",
                          "shared_refused 1 set(\"salt\") full",
                          "shared_read 1 get(\"tea\") left = 10, name = \"a\\\"b\", price = 1.5",
                          "shared_read 0 get(\"salt\") unknown", "shared_read 1 exists(\"tea\") yes",
                          "shared_write 1 decr(\"tea\") left = 9", "shared_write 1 update(\"tea\")",
                          "shared_read 1 each()", "shared_read 1 count()", "shared_write 0 del(\"tea\")",
                          "shared_refused 0 del(\"tea\") unknown"});
}
