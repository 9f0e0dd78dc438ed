// schedule_worker(): which worker gets a packet. One pure function: everything it looks at is handed to it.
//
//     Dispatch question{.policy = DispatchPolicy::by_connection, .workers = 4, .session = 7};
//     std::uint32_t worker = schedule_worker(question);   // 3, for this connection always
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string_view>

#include <co/address.h>
#include <co/server_settings.h>

namespace co::server {

struct Dispatch {
    DispatchPolicy policy = DispatchPolicy::round_robin;
    std::uint32_t workers = 1;
    std::uint64_t turn = 0;                    // round_robin: how many packets were dispatched before
    std::uint32_t session = 0;                 // by_connection
    std::span<const std::uint32_t> busy = {};  // by_idle: packets that each worker has not finished
    const Address* peer = nullptr;             // by_address
    std::string_view packet = {};              // by_function
    const std::function<std::uint32_t(std::uint32_t session, std::string_view packet)>* choose = nullptr;
};

/// From 0 to workers - 1, whatever a user's function answers.
std::uint32_t schedule_worker(const Dispatch& question);

}  // namespace co::server
