#include "tests/native/forked_checks.h"

#include <sys/mman.h>
#include <unistd.h>

#include <atomic>

#include <doctest/doctest.h>

#ifdef __SANITIZE_THREAD__
// To it every coroutine is a thread, and a process that was forked beside one must start no threads, for a lock might
// be held there. Its coroutines stand where no lock is held; so a server's reactors may start.
extern "C" const char* __tsan_default_options();
extern "C" const char* __tsan_default_options() { return "die_after_fork=0"; }
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

std::uint32_t forked_checks_that_failed() { return shared().failed; }

REGISTER_LISTENER("forked", 1, Listener);

}  // namespace co::test
