#include <co/server_settings.h>

#include <doctest/doctest.h>

namespace co {
namespace {

using namespace std::chrono_literals;
using Values = std::vector<NamedSetting>;
using Sentences = std::vector<std::string>;

Sentences complaints_about(const Values& values) {
    ServerSettings settings;
    Sentences found = apply_values(values, settings);
    if (!found.empty()) CHECK(settings == ServerSettings());  // all or nothing
    return found;
}

SettingValue whole(std::int64_t number) { return number; }
SettingValue text(std::string word) { return word; }

}  // namespace

TEST_CASE("server settings: the defaults are usable, and are those of the documents") {
    ServerSettings settings;
    CHECK(complaints(settings).empty());
    CHECK(settings.max_connections == 10'000);
    CHECK(settings.framing.max_packet == 2 * 1024 * 1024);
    CHECK(settings.output_buffer == 2 * 1024 * 1024);
    CHECK(settings.task_queue == 8'192);
    CHECK(settings.max_coroutines == 100'000);
    CHECK(settings.max_wait_time == 3s);
    CHECK(settings.send_timeout == 60s);
}

TEST_CASE("server settings: every complaint comes at once") {
    ServerSettings settings{.workers = 0, .framing = framing::eof(""), .max_wait_time = 0s};
    CHECK(complaints(settings) == Sentences{"worker_num is 0: it must be from 1 to 1000",
                                            "max_wait_time must be above 0 seconds",
                                            "package_eof is empty: name the bytes that end a packet"});
}

TEST_CASE("server settings: what scripts call by name is set") {
    ServerSettings settings;
    CHECK(apply_values(Values{{"worker_num", whole(4)},
                              {"heartbeat_idle_time", 1.5},
                              {"dispatch_mode", whole(3)},
                              {"send_yield", false},
                              {"open_eof_split", true},
                              {"package_eof", text("\n")}},
                       settings) == Sentences{});
    CHECK(settings.workers == 4);
    CHECK(settings.heartbeat_idle == 1500ms);
    CHECK(settings.dispatch == DispatchPolicy::by_idle);
    CHECK_FALSE(settings.send_yield);
    CHECK(settings.framing == framing::eof("\n"));
}

TEST_CASE("server settings: framing by name has the tutorial's defaults") {
    ServerSettings settings;
    CHECK(apply_values(Values{{"open_length_check", true}}, settings).empty());
    CHECK(settings.framing == framing::length_prefix("N", {.body_offset = 0}));
    CHECK(apply_values(Values{{"package_body_offset", whole(4)}}, settings).empty());
    CHECK(settings.framing == framing::length_prefix("N"));
    ServerSettings lines;
    CHECK(apply_values(Values{{"open_eof_split", true}}, lines).empty());
    CHECK(lines.framing == framing::eof("\r\n"));
    CHECK(apply_values(Values{{"open_eof_split", false}}, lines).empty());
    CHECK(lines.framing.kind == FramingKind::none);
}

TEST_CASE("server settings: eof_coalesced: an empty delimiter is a configuration error") {
    CHECK(complaints_about(Values{{"open_eof_split", true}, {"package_eof", text("")}}) ==
          Sentences{"package_eof is empty: name the bytes that end a packet"});
}

TEST_CASE("server settings: what is wrong with a name or a value is said, with the name") {
    CHECK(complaints_about(Values{{"workr_num", whole(4)}}) ==
          Sentences{"there is no setting workr_num: did you mean `worker_num`?"});
    CHECK(complaints_about(Values{{"worker_num", text("4")}, {"send_yield", whole(1)}, {"max_wait_time", whole(0)}}) ==
          Sentences{"worker_num must be a whole number", "send_yield must be true or false",
                    "max_wait_time must be above 0 seconds, and at most a year"});
    CHECK(complaints_about(Values{{"worker_num", whole(-1)}}) == Sentences{"worker_num must not be negative"});
    CHECK(complaints_about(Values{{"worker_num", whole(1ll << 40)}}) == Sentences{"worker_num is too large"});
    CHECK(complaints_about(Values{{"dispatch_mode", whole(9)}}).size() == 1);
    CHECK(complaints_about(Values{{"open_eof_split", true}, {"open_length_check", true}}) ==
          Sentences{"open_eof_split and open_length_check exclude each other: a packet ends in one way"});
    CHECK(complaints_about(Values{{"package_eof", whole(1)}}) == Sentences{"package_eof must be a string"});
}

TEST_CASE("server settings: written by name and read again they are the same") {
    ServerSettings settings{.reactors = 3,
                            .workers = 4,
                            .task_workers = 2,
                            .dispatch = DispatchPolicy::by_address,
                            .framing = framing::length_prefix("v", {.offset = 2}),
                            .heartbeat_check = 250ms,
                            .keep_alive = true,
                            .keep_alive_idle = 60s,
                            .keep_alive_interval = 5s,
                            .keep_alive_probes = 3,
                            .max_request = 1000};
    ServerSettings again;
    CHECK(apply_values(to_values(settings), again).empty());
    CHECK(again == settings);
    ServerSettings plain;
    CHECK(apply_values(to_values(ServerSettings()), plain).empty());
    CHECK(plain == ServerSettings());
}

TEST_CASE("server settings: idle is twice the check when nobody says otherwise") {
    CHECK_FALSE(idle_limit({}).has_value());
    CHECK(idle_limit({.heartbeat_check = 5s}) == 10s);
    CHECK(idle_limit({.heartbeat_check = 5s, .heartbeat_idle = 7s}) == 7s);
}

}  // namespace co
