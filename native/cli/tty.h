// Tty: the terminal on standard input and output, taken over while it lives and given back as it was.
//
//     if (auto tty = co::cli::Tty::open()) return co::studio::play(model, lesson, *tty);
//
// While it lives, keys arrive at once and unseen, the screen is the alternate one and the cursor is hidden. Signals
// that would end the program arrive as Key::quit, so that the destructor always runs; Ctrl+Z suspends and comes back.
#pragma once

#include <signal.h>
#include <termios.h>
#include <memory>

#include "visualizer/terminal/terminal.h"

namespace co::cli {

class Tty final : public studio::Terminal {
  public:
    /// Nothing, when standard input or output is no terminal, or one that cannot place the cursor (TERM=dumb).
    static std::unique_ptr<Tty> open();
    ~Tty() override;
    Tty(const Tty&) = delete;
    Tty& operator=(const Tty&) = delete;

    studio::TerminalSize size() const override;
    studio::Colours colours() const override;
    void write(std::string_view text) override;
    studio::Key wait_key(std::optional<std::chrono::milliseconds> limit) override;

  private:
    Tty(const termios& as_it_was, int signals);
    void take_over();
    void give_back();
    studio::Key suspend();
    std::optional<studio::Key> read_signal();
    std::optional<studio::Key> read_keys();

    termios as_it_was_;
    sigset_t mask_as_it_was_;
    int signals_;  // a descriptor that is readable when a signal came
    studio::KeyReader keys_;
};

}  // namespace co::cli
