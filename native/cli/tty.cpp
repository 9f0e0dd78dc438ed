#include "native/cli/tty.h"

#include <cerrno>
#include <cstdlib>
#include <string>

#include <poll.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <unistd.h>

namespace co::cli {
namespace {

using std::chrono::milliseconds;
using studio::Key;

/// A terminal sends the bytes of one key together; what is not there after this long is not part of it.
constexpr milliseconds longest_gap_in_a_key{30};

// xterm's control sequences, which every terminal of today knows: alternate screen, cursor hidden, no wrapping.
constexpr std::string_view enter_screen = "\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[2J";
constexpr std::string_view leave_screen = "\x1b[0m\x1b[?7h\x1b[?25h\x1b[?1049l";

std::string_view environment(const char* name) {
    const char* value = std::getenv(name);
    return value ? value : "";
}

sigset_t handled_signals() {
    sigset_t set;
    sigemptyset(&set);
    for (const int number : {SIGWINCH, SIGINT, SIGTERM, SIGHUP, SIGQUIT}) sigaddset(&set, number);
    return set;
}

/// True when one of the descriptors became readable in time.
bool wait_readable(pollfd* descriptors, nfds_t count, std::optional<milliseconds> limit) {
    const int timeout = limit ? static_cast<int>(limit->count()) : -1;
    return ::poll(descriptors, count, timeout) > 0;
}

}  // namespace

std::unique_ptr<Tty> Tty::open() {
    termios settings{};
    const bool is_terminal = isatty(STDOUT_FILENO) && tcgetattr(STDIN_FILENO, &settings) == 0;
    if (!is_terminal || environment("TERM") == "dumb") return nullptr;
    const sigset_t set = handled_signals();
    const int signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    if (signals < 0) return nullptr;
    return std::unique_ptr<Tty>(new Tty(settings, signals));
}

Tty::Tty(const termios& as_it_was, int signals) : as_it_was_(as_it_was), signals_(signals) { take_over(); }

Tty::~Tty() {
    give_back();
    ::close(signals_);
}

void Tty::take_over() {
    const sigset_t set = handled_signals();
    sigprocmask(SIG_BLOCK, &set, &mask_as_it_was_);
    termios raw = as_it_was_;
    raw.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO | ISIG | IEXTEN);
    raw.c_iflag &= ~static_cast<tcflag_t>(IXON | ICRNL);
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &raw);
    write(enter_screen);
}

void Tty::give_back() {
    write(leave_screen);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &as_it_was_);
    sigprocmask(SIG_SETMASK, &mask_as_it_was_, nullptr);
}

studio::TerminalSize Tty::size() const {
    winsize size{};
    const bool is_known = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 && size.ws_row > 0;
    if (!is_known) return {};
    return {.columns = size.ws_col, .rows = size.ws_row};
}

/// https://no-color.org; COLORTERM and "-256color" are what terminals announce themselves by.
studio::Colours Tty::colours() const {
    if (!environment("NO_COLOR").empty()) return studio::Colours::monochrome;
    const std::string_view announced = environment("COLORTERM");
    if (announced == "truecolor" || announced == "24bit") return studio::Colours::full;
    const std::string_view name = environment("TERM");
    return name.find("256color") != std::string_view::npos ? studio::Colours::palette : studio::Colours::monochrome;
}

void Tty::write(std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(STDOUT_FILENO, text.data(), text.size());
        if (written < 0 && errno != EINTR && errno != EAGAIN) return;  // the terminal is gone; SIGHUP will say so
        if (written > 0) text.remove_prefix(static_cast<std::size_t>(written));
    }
}

Key Tty::wait_key(std::optional<milliseconds> limit) {
    if (const auto waiting = keys_.next()) return *waiting == Key::suspend ? suspend() : *waiting;
    for (;;) {
        pollfd descriptors[] = {{STDIN_FILENO, POLLIN, 0}, {signals_, POLLIN, 0}};
        const auto patience = keys_.is_waiting_for_more() ? longest_gap_in_a_key : limit;
        if (!wait_readable(descriptors, 2, patience)) {
            if (!keys_.is_waiting_for_more()) return Key::none;
            keys_.settle();
        }
        if (descriptors[1].revents != 0) {
            if (const auto key = read_signal()) return *key;
        }
        if (descriptors[0].revents != 0) {
            if (const auto key = read_keys()) return *key;
        }
        if (const auto key = keys_.next()) return *key == Key::suspend ? suspend() : *key;
    }
}

std::optional<Key> Tty::read_signal() {
    signalfd_siginfo signal{};
    if (::read(signals_, &signal, sizeof signal) != sizeof signal) return std::nullopt;
    return signal.ssi_signo == SIGWINCH ? Key::resized : Key::quit;
}

/// Key::quit at the end of input; otherwise what was read waits in `keys_`.
std::optional<Key> Tty::read_keys() {
    char bytes[256];
    const ssize_t count = ::read(STDIN_FILENO, bytes, sizeof bytes);
    if (count > 0) {
        keys_.feed({bytes, static_cast<std::size_t>(count)});
        return std::nullopt;
    }
    const bool will_be_more = count < 0 && (errno == EINTR || errno == EAGAIN);
    return will_be_more ? std::nullopt : std::optional(Key::quit);
}

/// Stops here, with the terminal as the shell expects it, until the shell lets the program go on.
Key Tty::suspend() {
    give_back();
    raise(SIGTSTP);
    take_over();
    return Key::resized;
}

}  // namespace co::cli
