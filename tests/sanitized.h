// is_sanitized: was this built with a sanitizer? Such a build takes many times the time and the memory, so it is not
// asked for figures of either.
#pragma once

namespace co::test {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool is_sanitized = true;
#else
constexpr bool is_sanitized = false;
#endif

}  // namespace co::test
