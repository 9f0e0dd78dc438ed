// Traffic: what the processes of a server tell each other, and the way of each request through them.
//
//     Traffic traffic(trace, processes);
//     traffic.messages()[0]          // packet "tea", sent in step 102 to worker 2, taken in step 110
//     traffic.request(1)->hops       // client -> reactor -> worker -> task worker -> worker -> reactor -> client
//
// It is found once from the whole history: the requests' numbers and the messages' are in the events, what belongs to
// them in between follows from who did it.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include <co/trace.h>

#include "visualizer/model/lanes.h"
#include "visualizer/model/processes.h"

namespace co::studio {

inline constexpr std::uint32_t never = UINT32_MAX;  // in the place of a step

/// A message to the mailbox of a part of the server.
struct Message {
    std::uint32_t from = co::trace::nobody;  // the coroutine that sent it
    std::uint32_t from_role = co::trace::nobody;
    std::uint32_t to_role = 0;
    std::uint32_t to = co::trace::nobody;  // the coroutine that took it
    std::uint32_t sent = 0;                // steps
    std::uint32_t taken = never;
    std::uint32_t request = 0;  // 0: it belongs to none
    std::uint32_t number = 0;   // of its request or task
    std::uint32_t text = 0;

    bool is_waiting(std::uint32_t step) const { return sent <= step && step < taken; }
};

/// A coroutine was at work for a request, or waited for what the request needs.
struct WorkSpan {
    std::uint32_t coroutine;
    std::uint32_t from, to;  // steps; the end is exclusive
    friend bool operator==(const WorkSpan&, const WorkSpan&) = default;
};

struct Request {
    std::uint32_t number = 0;
    std::uint32_t session = 0;
    std::uint32_t text = 0;                    // its first bytes
    std::uint32_t client = co::trace::nobody;  // the coroutine that asked, where it is known
    std::uint32_t from = 0, to = 0;            // its first and last step
    std::vector<Arrow> hops{};                 // its way, in the order of their ends
    std::vector<WorkSpan> spans{};
};

class Traffic {
  public:
    Traffic() = default;
    Traffic(const trace::Trace& trace, const Processes& processes);

    const std::vector<Message>& messages() const { return messages_; }
    /// By number.
    const std::vector<Request>& requests() const { return requests_; }
    const Request* request(std::uint32_t number) const;
    /// The request to which that step belongs; 0: to none.
    std::uint32_t request_at(std::uint32_t step) const;
    /// The message that was sent or taken in that step.
    const Message* message_at(std::uint32_t step) const;
    /// Those that wait for that part of the server.
    std::vector<const Message*> waiting(std::uint32_t role, std::uint32_t step) const;

  private:
    friend class TrafficReader;
    std::vector<Message> messages_;
    std::vector<Request> requests_;
    std::map<std::uint32_t, std::uint32_t> by_step_;        // the request of a step
    std::map<std::uint32_t, std::size_t> message_by_step_;  // places among messages_
};

/// Whether the coroutine was at work for the request in any of these steps.
bool works_for(const Request& request, std::uint32_t coroutine, std::uint32_t from, std::uint32_t to);

}  // namespace co::studio
