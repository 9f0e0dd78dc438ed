#include "tests/native/forked_checks.h"

#include <sys/mman.h>
#include <unistd.h>

#include <atomic>

#include <doctest/doctest.h>

#ifdef __SANITIZE_THREAD__
// Else every process waits a second at its end, for races that may still come.
extern "C" const char* __tsan_default_options();
extern "C" const char* __tsan_default_options() { return "atexit_sleep_ms=0"; }
#endif

namespace co::test {
namespace {

struct Shared {
    pid_t runner = getpid();
    std::atomic<std::uint32_t> failed = 0;
};

Shared& shared() {
    static Shared* const memory = [] {
        void* mapped = mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        return new (mapped) Shared;
    }();
    return *memory;
}

struct Listener : doctest::IReporter {
    explicit Listener(const doctest::ContextOptions&) { shared(); }
    void log_assert(const doctest::AssertData& data) override {
        const bool only_warns = (data.m_at & doctest::assertType::is_warn) != 0;
        if (data.m_failed && !only_warns && getpid() != shared().runner) ++shared().failed;
    }
    void test_case_exception(const doctest::TestCaseException&) override {}
    void report_query(const doctest::QueryData&) override {}
    void test_run_start() override {}
    void test_run_end(const doctest::TestRunStats&) override {}
    void test_case_start(const doctest::TestCaseData&) override {}
    void test_case_reenter(const doctest::TestCaseData&) override {}
    void test_case_end(const doctest::CurrentTestCaseStats&) override {}
    void subcase_start(const doctest::SubcaseSignature&) override {}
    void subcase_end() override {}
    void log_message(const doctest::MessageData&) override {}
    void test_case_skipped(const doctest::TestCaseData&) override {}
};

}  // namespace

/// ThreadSanitizer calls it for a race; in a forked process nobody looks at the exit code.
extern "C" void __tsan_on_report(void*) {
    if (getpid() != shared().runner) ++shared().failed;
}

std::uint32_t forked_checks_that_failed() { return shared().failed; }

REGISTER_LISTENER("forked", 1, Listener);

}  // namespace co::test
