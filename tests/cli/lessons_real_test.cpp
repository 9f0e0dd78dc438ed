// The lessons that serve or ask over a network, on this machine: their worlds are processes beside the program, each
// under an address of its own, and what all of them print is what the simulated machine prints.
//
// Moments and addresses differ, and nothing orders the lines of different processes: so moments and addresses are left
// out, process ids become their turn (the first that is printed is 1), and lines are compared sorted. A busy machine
// may be late where a lesson counts on milliseconds; then it is done again in slow motion.
#include <doctest/doctest.h>

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <regex>
#include <sstream>
#include <thread>

#include "tests/cli/program.h"

using namespace co::tests;
using namespace std::chrono_literals;

namespace {

// Names become addresses, and whoever asks waits until somebody listens there.
constexpr const char* prelude = R"lua(local slow = tonumber(os.getenv("SLOW"))
local me = "app"
local function place(name)
  if name:find("^%d") then return name end
  local sum = 0
  for i = 1, #name do sum = (sum * 31 + name:byte(i)) % 250 end
  return os.getenv("NET") .. (name == "app" and 251 or sum + 1)
end
local sleep = co.sleep
local function listens(kind, address, port)
  local a, b, c, d = address:match("(%d+)%.(%d+)%.(%d+)%.(%d+)")
  local where = (": %02X%02X%02X%02X:%04X "):format(d, c, b, a, port)
  for line in io.lines("/proc/net/" .. kind) do
    if line:find(where, 1, true) and (kind == "udp" or line:find(" 0A ", 1, true)) then return true end
  end
end
local function await(kind, address, port)
  for _ = 1, 5000 do
    if listens(kind, address, port) then return end
    sleep(0.002)
  end
end
co.sleep = function(s) return sleep(s * slow) end
local stand = blocking.sleep
blocking.sleep = function(s) return stand(s * slow) end
for kind, library in pairs{tcp = tcp, udp = udp} do
  local make = library.Server
  library.Server = function(host, ...)
    return make(host == "0.0.0.0" and place(me) or host, ...)
  end
  local methods = debug.getmetatable(library.Client()).__index
  local connect, recv = methods.connect, methods.recv
  methods.connect = function(c, host, port, limit)
    if me == "app" then await(kind, place(host), port) end
    return connect(c, place(host), port, limit and limit * slow)
  end
  methods.recv = function(c, limit, ...) return recv(c, limit and limit * slow, ...) end
end
)lua";

// Who is to be killed is found by its name, as `pkill -9 -x 'worker#0'` does; but among this program's processes only.
constexpr const char* before_world = R"lua(local everybody, moments = {}, {}
local find_and_kill = [[for place in /proc/[0-9]*; do
  read -r name <$place/comm && [ "$name" = '%s' ] && read -r number _ _ _ group _ <$place/stat &&
    [ "$group" = %s ] && kill -9 "$number"
done 2>/dev/null]]
world = {
  host = function() end,
  on = function(name, f) everybody[#everybody + 1] = {name, f} end,
  at = function(s, f) moments[#moments + 1] = {s, f} end,
  kill = function(name) co.exec(find_and_kill:format(name, os.getenv("GROUP"))) end,
}
)lua";

constexpr const char* after_world = R"lua(
local port = tonumber(os.getenv("PORT"))
if port then await(os.getenv("KIND"), place("app"), port) end
for _, one in ipairs(moments) do
  go(function() co.sleep(one[1]) one[2]() end)
end
local all = {}
for i, one in ipairs(everybody) do
  all[i] = Process(function() me = one[1] one[2]() end, one[1])
  all[i]:start()
end
for _, process in ipairs(all) do process:wait() end
)lua";

/// What stands in the lesson's first fence of that kind.
std::string fence(const std::string& lesson, const std::string& kind) {
    const std::string mark = "```" + kind + '\n';
    const std::size_t begin = lesson.find(mark);
    REQUIRE(begin != std::string::npos);
    return lesson.substr(begin + mark.size(), lesson.find("```", begin + mark.size()) - begin - mark.size());
}

/// `costudio run FILE`, as a group of processes that goes with the object.
class Running {
  public:
    Running(const std::string& file, const std::string& output, const std::vector<std::string>& variables) {
        posix_spawn_file_actions_t files;
        posix_spawn_file_actions_init(&files);
        posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, output.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
        // The server's own lines, which the simulated machine has in its trace.
        posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
        posix_spawnattr_t attributes;
        posix_spawnattr_init(&attributes);
        posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
        std::vector<std::string> texts = {std::string(COSTUDIO_BINARY_DIR) + "/costudio", "run", file};
        std::vector<std::string> all = variables;
        for (char** variable = environ; *variable; ++variable) all.emplace_back(*variable);
        const auto pointers = [](std::vector<std::string>& from) {
            std::vector<char*> list;
            for (std::string& text : from) list.push_back(text.data());
            list.push_back(nullptr);
            return list;
        };
        REQUIRE(posix_spawn(&process_, texts[0].c_str(), &files, &attributes, pointers(texts).data(),
                            pointers(all).data()) == 0);
        posix_spawn_file_actions_destroy(&files);
        posix_spawnattr_destroy(&attributes);
    }
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;
    ~Running() {
        kill(-process_, SIGKILL);
        if (!has_ended_) waitpid(process_, nullptr, 0);
    }

    /// Of all of its processes.
    pid_t group() const { return process_; }
    void stop() const { kill(process_, SIGTERM); }
    bool await_end() {
        const auto until = std::chrono::steady_clock::now() + 30s;
        while (!has_ended_ && std::chrono::steady_clock::now() < until) {
            has_ended_ = waitpid(process_, nullptr, WNOHANG) == process_;
            if (!has_ended_) std::this_thread::sleep_for(2ms);
        }
        return has_ended_;
    }

  private:
    pid_t process_ = 0;
    bool has_ended_ = false;
};

/// Process ids by their turn, at every place where a line has one.
std::string with_turns(std::string line, std::vector<std::string>& seen) {
    const std::regex mark("pid ([0-9]+)");
    std::string text;
    for (std::smatch found; std::regex_search(line, found, mark); line = found.suffix()) {
        if (std::ranges::find(seen, found[1].str()) == seen.end()) seen.push_back(found[1]);
        const auto turn = std::ranges::find(seen, found[1].str()) - seen.begin() + 1;
        text += found.prefix().str() + "pid #" + std::to_string(turn);
    }
    return text + line;
}

std::string comparable(const std::string& text) {
    std::istringstream lines(text);
    std::vector<std::string> all, processes;
    for (std::string line; std::getline(lines, line);) {
        line = with_turns(line, processes);
        line = std::regex_replace(line, std::regex("[0-9]+ ms"), "N ms");
        line = std::regex_replace(line, std::regex("[0-9]+\\.[0-9]+ s\\b"), "N s");
        all.push_back(std::regex_replace(line, std::regex("[0-9]+\\.[0-9]+\\.[0-9]+\\.[0-9]+"), "IP"));
    }
    std::ranges::sort(all);
    std::string joined;
    for (const std::string& line : all) joined += line + '\n';
    return joined;
}

std::ptrdiff_t lines_in(const std::string& text) { return std::ranges::count(text, '\n'); }

std::string printed_here(const std::string& lesson, int slow, std::ptrdiff_t after_stop) {
    const Folder folder;
    const std::string program = fence(lesson, "lua run"), expected = fence(lesson, "expect");
    std::smatch server;
    const bool serves = std::regex_search(program, server, std::regex("(tcp|udp)\\.Server\\(\"0.0.0.0\", ([0-9]+)"));
    const auto net = "NET=127." + std::to_string(getpid() >> 8 & 127) + '.' + std::to_string(getpid() & 255) + '.';
    std::vector<std::string> variables = {net, "SLOW=" + std::to_string(slow)};
    if (serves) variables.insert(variables.end(), {"KIND=" + server[1].str(), "PORT=" + server[2].str()});
    const std::string output = folder.file("output");
    Running here(folder.write("program.lua", prelude + program), output, variables);
    variables.push_back("GROUP=" + std::to_string(here.group()));
    const std::string world = lesson.find("```lua world\n") == std::string::npos ? "" : fence(lesson, "lua world");
    Running around(folder.write("world.lua", prelude + (before_world + world) + after_world), output, variables);
    if (!serves) {
        here.await_end();
        return read(output);
    }
    around.await_end();
    const auto until = std::chrono::steady_clock::now() + 2s;
    while (lines_in(read(output)) < lines_in(expected) - after_stop && std::chrono::steady_clock::now() < until)
        std::this_thread::sleep_for(2ms);
    here.stop();
    here.await_end();
    return read(output);
}

void check_lesson(const std::string& name, std::ptrdiff_t after_stop = 0) {
    const std::string lesson = read(std::string(COSTUDIO_SOURCE_DIR) + "/lessons/scripts/" + name + ".md");
    const std::string expected = comparable(fence(lesson, "expect"));
    std::string printed;
    for (const int slow : {1, 4, 10}) {
        printed = comparable(printed_here(lesson, slow, after_stop));
        if (printed == expected) break;
    }
    CHECK(printed == expected);
}

}  // namespace

#define LESSON_TEST(name, after_stop)                                                       \
    TEST_CASE("run: lesson " name " prints here what it prints on the simulated machine") { \
        check_lesson(name, after_stop);                                                     \
    }
LESSON_TEST("01-tcp-server", 0)
LESSON_TEST("02-udp-server", 0)
LESSON_TEST("06-tasks", 0)
LESSON_TEST("07-clients", 0)
LESSON_TEST("08-framing", 0)
LESSON_TEST("09-isolation", 1)
LESSON_TEST("10-coroutine-client", 0)
LESSON_TEST("16-exit", 0)
LESSON_TEST("18-random-seeds", 1)
LESSON_TEST("19-defer-answers", 0)
LESSON_TEST("21-send-yield", 0)
LESSON_TEST("26-shared-client", 0)
LESSON_TEST("33-process-pool", 0)
LESSON_TEST("34-whole-server", 0)
