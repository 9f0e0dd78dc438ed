// Everything of the runtime: coroutines, channels, locks, timers, the loop.
//
//     int main() {
//         return co::run([] {
//             co::Channel<std::string> drinks(1);
//             co::go([&] { drinks.push("tea"); });
//             fmt::print("{}\n", *drinks.pop());
//         });
//     }
#pragma once

#include <co/aside.h>
#include <co/atomic.h>
#include <co/barrier.h>
#include <co/blocking.h>
#include <co/byte_buffer.h>
#include <co/channel.h>
#include <co/children.h>
#include <co/coroutine.h>
#include <co/datagram_socket.h>
#include <co/deadline.h>
#include <co/exec.h>
#include <co/fd_events.h>
#include <co/file.h>
#include <co/framing.h>
#include <co/http_request.h>
#include <co/http_response.h>
#include <co/http_server.h>
#include <co/kernel.h>
#include <co/listener.h>
#include <co/local.h>
#include <co/loop.h>
#include <co/mutex.h>
#include <co/process_pool.h>
#include <co/reactor.h>
#include <co/remote.h>
#include <co/resolve.h>
#include <co/run.h>
#include <co/run_order.h>
#include <co/scheduler.h>
#include <co/select.h>
#include <co/semaphore.h>
#include <co/server.h>
#include <co/shared_lock.h>
#include <co/shared_memory.h>
#include <co/stream.h>
#include <co/table.h>
#include <co/tcp_client.h>
#include <co/timer.h>
#include <co/udp_client.h>
#include <co/wait_group.h>
