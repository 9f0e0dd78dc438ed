// Random programs on the scheduler itself.
#include <map>
#include <memory>
#include <stdexcept>

#include <co/co.h>
#include <co/sim_kernel.h>

#include "tests/core/random_program.h"

namespace co::test {
namespace {

Deadline deadline_of(const Op& op) {
    if (op.number == no_deadline) return forever;
    return std::chrono::milliseconds(op.number);
}

class RealRun {
  public:
    explicit RealRun(const Program& program)
        : program_(program), kernel_({.seed = program.seed}), scheduler_(kernel_) {}

    std::vector<std::string> run() {
        RunReport report = scheduler_.run([this] {
            for (int capacity : program_.capacities)
                channels_.push_back(std::make_unique<Channel<int>>(static_cast<std::size_t>(capacity)));
            for (int i = 0; i < program_.groups; ++i) groups_.push_back(std::make_unique<WaitGroup>());
            for (int i = 0; i < program_.mutexes; ++i) mutexes_.push_back(std::make_unique<Mutex>());
            run_script(0);
        });
        for (const Survivor& survivor : report.survivors)
            said_.push_back("left: co#" + std::to_string(survivor.coroutine));
        said_.push_back("ended at " + std::to_string(kernel_.now().time_since_epoch() / std::chrono::milliseconds(1)));
        return std::move(said_);
    }

  private:
    void say(const std::string& what) {
        if (scheduler_.is_stopping()) return;  // what unwinding does is no part of the comparison
        auto ms = now().time_since_epoch() / std::chrono::milliseconds(1);
        said_.push_back(std::to_string(ms) + " co#" + std::to_string(id()) + ' ' + what);
    }

    void run_script(int script) {
        for (const Op& op : program_.scripts[static_cast<std::size_t>(script)]) {
            if (op.act == Act::fail) {
                say("fails");
                throw std::runtime_error("as written");
            }
            try {
                say(run_op(op));
            } catch (const std::logic_error&) {
                say("misuse");
            }
        }
    }

    std::string run_op(const Op& op) {
        auto at = static_cast<std::size_t>(op.what);
        auto target = static_cast<CoroutineId>(op.what);
        switch (op.act) {
            case Act::sleep:
                return "sleep -> " + std::string(name(sleep(std::chrono::milliseconds(op.number))));
            case Act::yield:
                return "yield -> " + std::string(name(yield()));
            case Act::resume:
                resume(target);
                return "resumed";
            case Act::cancel:
                return "cancel -> " + std::string(name(cancel(target)));
            case Act::join:
                return "join -> " + std::string(name(join({target}, deadline_of(op))));
            case Act::push:
                return "push -> " + std::string(name(channels_[at]->push(op.value, deadline_of(op))));
            case Act::pop:
                return "pop -> " + word(channels_[at]->pop(deadline_of(op)));
            case Act::select:
                return run_select(op);
            case Act::close:
                channels_[at]->close();
                return "closed";
            case Act::lock:
                return "lock -> " + std::string(name(mutexes_[at]->lock(deadline_of(op))));
            case Act::unlock:
                mutexes_[at]->unlock();
                return "unlocked";
            default:
                return run_group_or_start(op);
        }
    }

    std::string run_group_or_start(const Op& op) {
        auto at = static_cast<std::size_t>(op.what);
        int script = op.what;
        std::chrono::milliseconds delay(op.number);
        switch (op.act) {
            case Act::group_add:
                groups_[at]->add();
                return "added";
            case Act::group_done:
                groups_[at]->done();
                return "done";
            case Act::group_wait:
                return "wait -> " + std::string(name(groups_[at]->wait(deadline_of(op))));
            case Act::go:
                return "went " + std::to_string(go([this, script] { run_script(script); }));
            case Act::later:
                event::defer([this, script] { run_script(script); });
                return "later";
            case Act::defer:
                defer([this, script] { run_script(script); });
                return "defers";
            case Act::after:
                return "timer " + std::to_string(timer::after(delay, [this, script] { run_script(script); }));
            case Act::tick:
                return "timer " + std::to_string(timer::tick(delay, [this, script](TimerId id) {
                           if (++ticks_[id] == 3) timer::clear(id);
                           run_script(script);
                       }));
            case Act::clear:
                return timer::clear(static_cast<TimerId>(op.what)) ? "cleared" : "not set";
            default:
                return "?";
        }
    }

    std::string run_select(const Op& op) {
        std::string outcome;
        auto on_pop = [&](Popped<int> popped) { outcome = word(popped); };
        auto on_push = [&](ChannelStatus status) { outcome = name(status); };
        using Pop = decltype(channels_[0]->on_pop(on_pop));
        using Push = decltype(channels_[0]->on_push(0, on_push));
        std::vector<std::unique_ptr<Pop>> pops;
        std::vector<std::unique_ptr<Push>> pushes;
        std::vector<SelectCase*> cases;
        for (const SelectCaseOf& one : op.cases) {
            Channel<int>& channel = *channels_[static_cast<std::size_t>(one.channel)];
            if (one.is_push)
                cases.push_back(pushes.emplace_back(std::make_unique<Push>(channel, one.value, on_push)).get());
            else
                cases.push_back(pops.emplace_back(std::make_unique<Pop>(channel, on_pop)).get());
        }
        std::size_t won = select_among(cases, deadline_of(op));
        if (won == select_cancelled) return "select -> cancelled";
        if (won == cases.size()) return "select -> timeout";
        return "select " + std::to_string(won) + " -> " + outcome;
    }

    static std::string word(const Popped<int>& popped) {
        return popped ? std::to_string(*popped) : std::string(name(popped.status()));
    }

    const Program& program_;
    SimKernel kernel_;
    Scheduler scheduler_;
    std::vector<std::unique_ptr<Channel<int>>> channels_;
    std::vector<std::unique_ptr<WaitGroup>> groups_;
    std::vector<std::unique_ptr<Mutex>> mutexes_;
    std::map<TimerId, int> ticks_;
    std::vector<std::string> said_;
};

}  // namespace

std::vector<std::string> run_for_real(const Program& program) { return RealRun(program).run(); }

}  // namespace co::test
