// The system's number of a descriptor.
//
//     ::listen(number(fd), backlog);
#pragma once

#include <co/kernel.h>

namespace co {

inline int number(Fd fd) { return static_cast<int>(fd); }

}  // namespace co
