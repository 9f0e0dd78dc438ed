#include "visualizer/model/traffic.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>

namespace co::studio {

using trace::Event;
using trace::EventKind;
using trace::nobody;

/// Goes through the history once and keeps who is at work for which request.
class TrafficReader {
  public:
    TrafficReader(Traffic& found, const trace::Trace& trace, const Processes& processes)
        : found_(found), trace_(trace), processes_(processes) {}

    void read() {
        for (const Event& event : trace_.events) {
            if (trace::is_step(event.kind)) {
                ++step_;
                read_step(event);
            } else if (event.kind == EventKind::ready) {
                woken(event);
            }
        }
        for (auto& [coroutine, work] : works_) end_span(coroutine, work, step_ + 1);
        for (Request& request : found_.requests_) {
            std::ranges::stable_sort(request.hops, {}, &Arrow::to_step);
            std::ranges::sort(request.spans, {}, &WorkSpan::from);
        }
    }

  private:
    /// What a coroutine is at work for, and until when: its next wait, or (an event of the program) its end.
    struct Work {
        std::uint32_t request;
        std::uint32_t since;
        bool outlasts_waits;
    };

    void read_step(const Event& event) {
        switch (event.kind) {
            case EventKind::segment_sent:
                segment_ = trace_.text(event);
                return;
            case EventKind::session_open:
                peers_[event.object] = trace_.text(event);
                break;
            case EventKind::write:
                note_write(event);
                break;
            case EventKind::read:
                note_read(event);
                break;
            case EventKind::framed:
                begin_request(event);
                break;
            case EventKind::message_sent:
                send(event);
                break;
            case EventKind::message_taken:
                take(event);
                break;
            case EventKind::event:
                if (event.other != 0 && event.other != nobody) work_for(event.coroutine, event.other, true);
                break;
            case EventKind::task:
                if (const std::uint32_t request = request_of(event.coroutine)) tasks_[event.object] = request;
                break;
            case EventKind::go:
                if (const std::uint32_t request = request_of(event.coroutine)) work_for(event.object, request, true);
                break;
            default:
                break;
        }
        segment_ = {};
        note_step(event);
        if (event.kind == EventKind::done || event.kind == EventKind::failed || event.kind == EventKind::event_done)
            leave(event.coroutine, true);
        if (trace::parks(event.kind)) leave(event.coroutine, false);
    }

    // -- who is at work ----------------------------------------------------------------------------------------------

    std::uint32_t request_of(std::uint32_t coroutine) const {
        const auto work = works_.find(coroutine);
        return work == works_.end() ? 0 : work->second.request;
    }

    void work_for(std::uint32_t coroutine, std::uint32_t request, bool outlasts_waits) {
        if (request == 0 || coroutine == nobody) return;
        const auto known = works_.find(coroutine);
        if (known != works_.end() && known->second.request == request) {
            known->second.outlasts_waits |= outlasts_waits;
            return;
        }
        if (known != works_.end()) end_span(coroutine, known->second, step_);
        works_[coroutine] = {request, step_, outlasts_waits};
    }

    void leave(std::uint32_t coroutine, bool for_good) {
        const auto work = works_.find(coroutine);
        if (work == works_.end() || (work->second.outlasts_waits && !for_good)) return;
        end_span(coroutine, work->second, step_ + 1);
        works_.erase(work);
    }

    void end_span(std::uint32_t coroutine, const Work& work, std::uint32_t to) {
        if (Request* request = find(work.request)) request->spans.push_back({coroutine, work.since, to});
    }

    void note_step(const Event& event) {
        const std::uint32_t number = request_of(event.coroutine);
        Request* request = find(number);
        if (!request) return;
        found_.by_step_[step_] = number;
        request->to = std::max(request->to, step_);
    }

    /// A coroutine that takes an answer wakes the one that waits for it.
    void woken(const Event& event) {
        const std::uint32_t number = request_of(event.coroutine);
        Request* request = find(number);
        if (!request || request_of(event.object) != number || event.coroutine == event.object) return;
        request->hops.push_back({step_, step_, event.coroutine, event.object});
    }

    // -- messages ----------------------------------------------------------------------------------------------------

    std::uint32_t role_of(const Event& event) const { return processes_[processes_.of(event)].role; }

    /// Packets and answers bear their request's number, tasks and their results that of the task.
    std::uint32_t request_of(const Event& event) const {
        const std::string_view text = trace_.text(event);
        const bool is_own = text.starts_with("packet") || text.starts_with("send");
        if (is_own) return event.other == nobody ? 0 : event.other;
        const auto task = tasks_.find(event.other);
        const bool is_task = text.starts_with("task") || text.starts_with("finish");
        return is_task && task != tasks_.end() ? task->second : request_of(event.coroutine);
    }

    void send(const Event& event) {
        found_.message_by_step_[step_] = found_.messages_.size();
        found_.messages_.push_back({.from = event.coroutine,
                                    .from_role = role_of(event),
                                    .to_role = event.object,
                                    .sent = step_,
                                    .request = request_of(event),
                                    .number = event.other,
                                    .text = event.text});
        open_[event.object].push_back(found_.messages_.size() - 1);
    }

    /// A part has two mailboxes, so the oldest message is not always the one that it takes.
    void take(const Event& event) {
        std::vector<std::size_t>& open = open_[role_of(event)];
        const auto taken = std::ranges::find_if(open, [&](std::size_t place) {
            const Message& one = found_.messages_[place];
            return one.from_role == event.object && one.number == event.other && one.text == event.text;
        });
        leave(event.coroutine, true);  // what it did before is over
        if (taken == open.end()) return;
        Message& message = found_.messages_[*taken];
        found_.message_by_step_[step_] = *taken;
        open.erase(taken);
        message.taken = step_;
        message.to = event.coroutine;
        work_for(event.coroutine, message.request, false);
        if (Request* request = find(message.request))
            request->hops.push_back({message.sent, step_, message.from, message.to});
    }

    // -- requests ----------------------------------------------------------------------------------------------------

    Request* find(std::uint32_t number) {
        if (number == 0) return nullptr;
        const auto found = places_.find(number);
        return found == places_.end() ? nullptr : &found_.requests_[found->second];
    }

    void begin_request(const Event& event) {
        if (event.other == 0 || event.other == nobody || find(event.other)) return;
        Request request{.number = event.other, .session = event.object, .text = event.text, .from = step_, .to = step_};
        const auto asked = asked_.find(peers_[event.object]);
        if (asked != asked_.end()) {
            request.client = asked->second.coroutine;
            request.from = asked->second.step;
            request.hops.push_back({asked->second.step, step_, request.client, event.coroutine});
            found_.by_step_[request.from] = request.number;
        }
        places_[request.number] = found_.requests_.size();
        found_.requests_.push_back(std::move(request));
        work_for(event.coroutine, event.other, false);
    }

    /// On the simulated machine bytes leave right before the write that sends them: so an address is known to be that
    /// of a coroutine.
    void note_write(const Event& event) {
        const std::size_t arrow = segment_.find(" > ");
        if (arrow == std::string_view::npos) return;
        const std::string from(segment_.substr(0, arrow)), to(segment_.substr(arrow + 3));
        if (const std::uint32_t request = request_of(event.coroutine)) {
            answers_[to] = {event.coroutine, step_, request};
        } else {
            asked_[from] = {event.coroutine, step_, 0};
        }
    }

    /// The one who asked reads the answer.
    void note_read(const Event& event) {
        for (auto answer = answers_.begin(); answer != answers_.end(); ++answer) {
            const auto asked = asked_.find(answer->first);
            if (asked == asked_.end() || asked->second.coroutine != event.coroutine) continue;
            Request* request = find(answer->second.request);
            if (request) {
                request->hops.push_back({answer->second.step, step_, answer->second.coroutine, event.coroutine});
                request->spans.push_back({event.coroutine, request->from, step_ + 1});
                request->to = std::max(request->to, step_);
                found_.by_step_[step_] = request->number;
            }
            answers_.erase(answer);
            return;
        }
    }

    /// Who wrote, and when.
    struct Wrote {
        std::uint32_t coroutine, step, request;
    };

    Traffic& found_;
    const trace::Trace& trace_;
    const Processes& processes_;
    std::uint32_t step_ = 0;
    std::unordered_map<std::uint32_t, Work> works_;                     // by coroutine
    std::unordered_map<std::uint32_t, std::uint32_t> tasks_;            // their requests
    std::unordered_map<std::uint32_t, std::size_t> places_;             // of requests, by number
    std::unordered_map<std::uint32_t, std::vector<std::size_t>> open_;  // by role: messages that nobody took yet
    std::unordered_map<std::uint32_t, std::string> peers_;              // of sessions
    std::unordered_map<std::string, Wrote> asked_;                      // by the client's address
    std::map<std::string, Wrote> answers_;                              // on their way to that address
    std::string_view segment_{};                                        // that left in the step before
};

Traffic::Traffic(const trace::Trace& trace, const Processes& processes) {
    if (processes.several()) TrafficReader(*this, trace, processes).read();
}

const Request* Traffic::request(std::uint32_t number) const {
    const auto found = std::ranges::find(requests_, number, &Request::number);
    return found == requests_.end() ? nullptr : &*found;
}

std::uint32_t Traffic::request_at(std::uint32_t step) const {
    const auto found = by_step_.find(step);
    return found == by_step_.end() ? 0 : found->second;
}

const Message* Traffic::message_at(std::uint32_t step) const {
    const auto found = message_by_step_.find(step);
    return found == message_by_step_.end() ? nullptr : &messages_[found->second];
}

std::vector<const Message*> Traffic::waiting(std::uint32_t role, std::uint32_t step) const {
    std::vector<const Message*> waiting;
    for (const Message& message : messages_) {
        if (message.sent > step) break;
        if (message.to_role == role && message.is_waiting(step)) waiting.push_back(&message);
    }
    return waiting;
}

bool works_for(const Request& request, std::uint32_t coroutine, std::uint32_t from, std::uint32_t to) {
    return std::ranges::any_of(request.spans, [&](const WorkSpan& span) {
        return span.coroutine == coroutine && span.from < to && from < span.to;
    });
}

}  // namespace co::studio
