// The rules of the runtime, said a second time and as simply as possible: every coroutine is a list of operations and a
// position, everything is found by looking at everything. Slow, obvious, and sharing no line with the scheduler.
#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <string>

#include <co/sim_kernel.h>

#include "tests/core/random_program.h"

namespace co::test {
namespace {

enum class Doing { ready, running, parked, ended };

struct Frame {
    int script;
    std::size_t at = 0;
};

struct Person {  // a coroutine
    Doing doing = Doing::running;
    std::vector<Frame> now{};  // one frame, then one for each deferred script that is due
    std::vector<int> defers{};
    std::string outcome{};  // what the operation that it is parked in will say
    Act parked_in = Act::sleep;
    int joiner = -1;
    int tick = 0;  // the timer that it runs for; said "cleared" at the third call
};

struct Alarm {
    int due;
    int order;
    int person;  // whose wait ends; -1: a timer
    int timer;
};

struct Waiting {
    int person;
    int select_case;  // -1: a plain push or pop
    int value;
};

struct Chan {
    std::size_t capacity;
    std::deque<int> seats;
    std::vector<Waiting> producers, consumers;
    bool closed = false;
};

struct Clockwork {  // a timer
    int script;
    int period;  // 0: once
    int due;
    int calls = 0;
};

class Model {
  public:
    explicit Model(const Program& program) : program_(program), chance_({.seed = program.seed}) {}

    std::vector<std::string> run() {
        for (int capacity : program_.capacities)
            channels_.push_back({static_cast<std::size_t>(std::max(capacity, 1)), {}, {}, {}, false});
        groups_.resize(2);
        owners_.assign(2, -1);
        lock_queues_.resize(2);
        group_queues_.resize(2);
        run_now(born({.now = {{0}}}));
        loop();
        for (const auto& [id, person] : people_)
            if (person.doing != Doing::ended) said_.push_back("left: co#" + std::to_string(id));
        said_.push_back("ended at " + std::to_string(now_));
        return said_;
    }

  private:
    // -- the loop ------------------------------------------------------------------------------------------------
    void loop() {
        for (;;) {
            for (std::size_t left = ready_.size(); left > 0; --left) {
                int next = ready_.front();
                ready_.pop_front();
                run_now(next);
            }
            for (int script : std::exchange(later_, {})) make_ready(born({.now = {{script}}}));
            ring_alarms();
            if (!ready_.empty()) continue;
            if (alarms_.empty()) return;
            now_ = std::max(now_, earliest()->due);
        }
    }

    std::vector<Alarm>::iterator earliest() {
        return std::min_element(alarms_.begin(), alarms_.end(), [](const Alarm& a, const Alarm& b) {
            return std::pair(a.due, a.order) < std::pair(b.due, b.order);
        });
    }

    void ring_alarms() {
        while (!alarms_.empty() && earliest()->due <= now_) {
            Alarm alarm = *earliest();
            alarms_.erase(earliest());
            if (alarm.person >= 0)
                end_wait(alarm.person, time_out_word(people_[alarm.person].parked_in));
            else
                ring(alarm.timer);
        }
    }

    static std::string time_out_word(Act act) {
        if (act == Act::sleep) return "ok";
        return act == Act::select ? "-> timeout" : "timeout";
    }

    void ring(int id) {
        Clockwork& timer = timers_.at(id);
        int person = born({.now = {{timer.script}}, .tick = timer.period ? id : 0});
        make_ready(person);
        if (timer.period == 0) {
            timers_.erase(id);
            return;
        }
        timer.due += timer.period;
        alarms_.push_back({timer.due, order_++, -1, id});
    }

    // -- people --------------------------------------------------------------------------------------------------
    int born(Person person) {
        int id = next_person_++;
        people_[id] = std::move(person);
        return id;
    }

    void make_ready(int id) {
        people_[id].doing = Doing::ready;
        ready_.push_back(id);
    }

    /// Takes it out of wherever it waits.
    void end_wait(int id, const std::string& outcome) {
        Person& person = people_[id];
        std::erase_if(alarms_, [&](const Alarm& alarm) { return alarm.person == id; });
        for (Chan& channel : channels_) {
            std::erase_if(channel.producers, [&](const Waiting& waiting) { return waiting.person == id; });
            std::erase_if(channel.consumers, [&](const Waiting& waiting) { return waiting.person == id; });
        }
        for (auto* queues : {&lock_queues_, &group_queues_})
            for (auto& queue : *queues) std::erase(queue, id);
        for (auto& [_, other] : people_)
            if (other.joiner == id) other.joiner = -1;
        person.outcome = outcome;
        make_ready(id);
    }

    void park(int id, Act act, int deadline) {
        people_[id].doing = Doing::parked;
        people_[id].parked_in = act;
        if (deadline != no_deadline) alarms_.push_back({now_ + deadline, order_++, id, 0});
    }

    void say(int id, const std::string& what) {
        said_.push_back(std::to_string(now_) + " co#" + std::to_string(id) + ' ' + what);
    }

    /// Runs until it waits or ends.
    void run_now(int id) {
        running_ = id;
        people_[id].doing = Doing::running;
        if (!people_[id].outcome.empty()) {
            say(id, prefix(id) + std::exchange(people_[id].outcome, {}));
            ++people_[id].now.back().at;
        } else if (int timer = std::exchange(people_[id].tick, 0); timer && timers_.contains(timer)) {
            if (++timers_[timer].calls == 3) forget_timer(timer);
        }
        while (people_[id].doing == Doing::running && step(id)) continue;
    }

    std::string prefix(int id) const {
        const Person& person = people_.at(id);
        switch (person.parked_in) {
            case Act::sleep:
                return "sleep -> ";
            case Act::yield:
                return "yield -> ";
            case Act::join:
                return "join -> ";
            case Act::push:
                return "push -> ";
            case Act::pop:
                return "pop -> ";
            case Act::lock:
                return "lock -> ";
            case Act::group_wait:
                return "wait -> ";
            default:
                return "select ";
        }
    }

    /// One operation. False when the coroutine has ended.
    bool step(int id) {
        Frame frame = people_[id].now.back();
        const Script& script = program_.scripts[static_cast<std::size_t>(frame.script)];
        if (frame.at == script.size()) return next_script(id);
        const Op& op = script[frame.at];
        if (op.act == Act::fail) {
            say(id, "fails");
            return next_script(id);
        }
        std::string said = act(id, op);
        if (people_[id].doing != Doing::running) return false;
        say(id, said);
        ++people_[id].now.back().at;
        return true;
    }

    bool next_script(int id) {
        Person& person = people_[id];
        if (!person.defers.empty()) {
            person.now = {{person.defers.back()}};
            person.defers.pop_back();
            return true;
        }
        person.doing = Doing::ended;
        if (person.joiner >= 0) end_wait(std::exchange(person.joiner, -1), "ok");
        return false;
    }

    /// go and resume: the other one runs inside this one.
    void run_inside(int id, int other) {
        run_now(other);
        running_ = id;
    }

    // -- operations ----------------------------------------------------------------------------------------------
    std::string act(int id, const Op& op) {
        switch (op.act) {
            case Act::go: {
                int child = born({.now = {{op.what}}});
                run_inside(id, child);
                return "went " + std::to_string(child);
            }
            case Act::later:
                later_.push_back(op.what);
                return "later";
            case Act::defer:
                people_[id].defers.push_back(op.what);
                return "defers";
            case Act::after:
            case Act::tick: {
                int timer = next_timer_++;
                timers_[timer] = {op.what, op.act == Act::tick ? op.number : 0, now_ + op.number};
                alarms_.push_back({now_ + op.number, order_++, -1, timer});
                return "timer " + std::to_string(timer);
            }
            case Act::clear:
                return forget_timer(op.what) ? "cleared" : "not set";
            default:
                return act_on_people(id, op);
        }
    }

    bool forget_timer(int timer) {
        std::erase_if(alarms_, [&](const Alarm& alarm) { return alarm.person < 0 && alarm.timer == timer; });
        return timers_.erase(timer) > 0;
    }

    bool is_alive(int id) const { return people_.contains(id) && people_.at(id).doing != Doing::ended; }

    std::string act_on_people(int id, const Op& op) {
        switch (op.act) {
            case Act::sleep:
                if (op.number > 0) {
                    park(id, Act::sleep, op.number);
                } else {
                    people_[id].parked_in = Act::sleep;
                    people_[id].outcome = "ok";
                    make_ready(id);
                }
                return {};
            case Act::yield:
                park(id, Act::yield, no_deadline);
                return {};
            case Act::resume: {
                if (!is_alive(op.what) || people_[op.what].doing != Doing::parked ||
                    people_[op.what].parked_in != Act::yield)
                    return "misuse";
                people_[op.what].outcome = "ok";
                run_inside(id, op.what);
                return "resumed";
            }
            case Act::cancel:
                if (!is_alive(op.what)) return "cancel -> unknown";
                if (op.what == id) return "cancel -> self";
                if (people_[op.what].doing != Doing::parked) return "cancel -> not waiting";
                end_wait(op.what, people_[op.what].parked_in == Act::select ? "-> cancelled" : "cancelled");
                return "cancel -> ok";
            case Act::join:
                return join(id, op);
            default:
                return act_on_channels(id, op);
        }
    }

    std::string join(int id, const Op& op) {
        if (op.what == id) return "join -> self";
        if (op.what >= next_person_) return "join -> unknown";
        if (!is_alive(op.what)) return "join -> ok";
        if (people_[op.what].joiner >= 0) return "join -> joined already";
        if (op.number == 0) return "join -> timeout";
        people_[op.what].joiner = id;
        park(id, Act::join, op.number);
        return {};
    }

    std::string act_on_channels(int id, const Op& op) {
        if (op.act == Act::select) return select(id, op);
        if (op.act != Act::push && op.act != Act::pop && op.act != Act::close) return act_on_groups(id, op);
        Chan& channel = channels_[static_cast<std::size_t>(op.what)];
        if (op.act == Act::close) {
            close(channel);
            return "closed";
        }
        SelectCaseOf one{op.act == Act::push, op.what, op.value};
        std::string how = op.act == Act::push ? "push -> " : "pop -> ";
        if (auto outcome = try_now(one)) return how + *outcome;
        if (op.number == 0) return how + "timeout";
        queue(one).push_back({id, -1, op.value});
        park(id, op.act, op.number);
        return {};
    }

    std::vector<Waiting>& queue(const SelectCaseOf& one) {
        Chan& channel = channels_[static_cast<std::size_t>(one.channel)];
        return one.is_push ? channel.producers : channel.consumers;
    }

    /// Ends the wait of somebody in a channel's queue: a select says which of its cases it was.
    void serve(const Waiting& waiting, const std::string& outcome) {
        bool is_select = waiting.select_case >= 0;
        end_wait(waiting.person, is_select ? std::to_string(waiting.select_case) + " -> " + outcome : outcome);
    }

    std::optional<std::string> try_now(const SelectCaseOf& one) {
        Chan& channel = channels_[static_cast<std::size_t>(one.channel)];
        if (one.is_push) {
            if (channel.closed) return "closed";
            if (!channel.consumers.empty()) {
                serve(Waiting(channel.consumers.front()), std::to_string(one.value));
                return "ok";
            }
            if (channel.seats.size() >= channel.capacity) return std::nullopt;
            channel.seats.push_back(one.value);
            return "ok";
        }
        if (channel.seats.empty()) return channel.closed ? std::optional<std::string>("closed") : std::nullopt;
        int value = channel.seats.front();
        channel.seats.pop_front();
        if (!channel.producers.empty()) {
            Waiting producer = channel.producers.front();
            channel.seats.push_back(producer.value);
            serve(producer, "ok");
        }
        return std::to_string(value);
    }

    void close(Chan& channel) {
        if (std::exchange(channel.closed, true)) return;
        while (!channel.producers.empty()) serve(Waiting(channel.producers.front()), "closed");
        while (!channel.consumers.empty()) serve(Waiting(channel.consumers.front()), "closed");
    }

    bool can_go_on(const SelectCaseOf& one) const {
        const Chan& channel = channels_[static_cast<std::size_t>(one.channel)];
        if (channel.closed) return true;
        if (one.is_push) return channel.seats.size() < channel.capacity || !channel.consumers.empty();
        return !channel.seats.empty();
    }

    std::string select(int id, const Op& op) {
        std::vector<int> able;
        for (std::size_t i = 0; i < op.cases.size(); ++i)
            if (can_go_on(op.cases[i])) able.push_back(static_cast<int>(i));
        if (!able.empty()) {
            int chosen = able[chance_.choose(able.size())];
            std::string outcome = *try_now(op.cases[static_cast<std::size_t>(chosen)]);
            return "select " + std::to_string(chosen) + " -> " + outcome;
        }
        if (op.number == 0) return "select -> timeout";
        for (std::size_t i = 0; i < op.cases.size(); ++i)
            queue(op.cases[i]).push_back({id, static_cast<int>(i), op.cases[i].value});
        park(id, Act::select, op.number);
        return {};
    }

    std::string act_on_groups(int id, const Op& op) {
        auto at = static_cast<std::size_t>(op.what);
        int& count = groups_[at];
        switch (op.act) {
            case Act::group_add:
                if (!group_queues_[at].empty()) return "misuse";
                ++count;
                return "added";
            case Act::group_done:
                if (count == 0) return "misuse";
                if (--count == 0)
                    while (!group_queues_[at].empty()) end_wait(group_queues_[at].front(), "ok");
                return "done";
            case Act::group_wait:
                if (count == 0) return "wait -> ok";
                if (op.number == 0) return "wait -> timeout";
                group_queues_[at].push_back(id);
                park(id, Act::group_wait, op.number);
                return {};
            default:
                return act_on_mutex(id, op);
        }
    }

    std::string act_on_mutex(int id, const Op& op) {
        auto at = static_cast<std::size_t>(op.what);
        int& owner = owners_[at];
        if (op.act == Act::unlock) {
            if (owner != id) return "misuse";
            owner = lock_queues_[at].empty() ? -1 : lock_queues_[at].front();
            if (owner >= 0) end_wait(owner, "ok");
            return "unlocked";
        }
        if (owner == id) return "misuse";
        if (owner < 0) {
            owner = id;
            return "lock -> ok";
        }
        if (op.number == 0) return "lock -> timeout";
        lock_queues_[at].push_back(id);
        park(id, Act::lock, op.number);
        return {};
    }

    const Program& program_;
    SimKernel chance_;
    std::map<int, Person> people_;
    std::deque<int> ready_;
    std::vector<Alarm> alarms_;
    std::map<int, Clockwork> timers_;
    std::vector<Chan> channels_;
    std::vector<int> groups_, owners_, later_;
    std::vector<std::vector<int>> lock_queues_, group_queues_;
    int now_ = 0, order_ = 0, next_person_ = 0, next_timer_ = 1, running_ = 0;
    std::vector<std::string> said_;
};

}  // namespace

std::vector<std::string> run_by_the_rules(const Program& program) { return Model(program).run(); }

}  // namespace co::test
