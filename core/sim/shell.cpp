#include "shell.h"

namespace co::sim {
namespace {

constexpr std::string_view blanks = " \t\n";
constexpr std::string_view not_here = "|&<>$`()*?[]{}#~\\";  // what a real shell would do more with

class Parser {
  public:
    explicit Parser(std::string_view line) : left_(line) {}

    Parsed parse() {
        while (!left_.empty() && !parsed_.problem) take_next();
        end_step(Join::always);
        return std::move(parsed_);
    }

  private:
    void take_next() {
        if (left_.starts_with("&&")) return join(Join::if_ok, 2);
        if (left_.starts_with("||")) return join(Join::if_failed, 2);
        if (left_.front() == ';') return join(Join::always, 1);
        if (blanks.find(left_.front()) != std::string_view::npos) return left_.remove_prefix(1);
        step_.words.push_back(word());
    }

    std::string word() {
        std::string text;
        constexpr std::string_view ends = " \t\n;";
        while (!left_.empty() && ends.find(left_.front()) == std::string_view::npos && !parsed_.problem) {
            char letter = left_.front();
            if (letter == '\'' || letter == '"') {
                text += quoted(letter);
            } else if (left_.starts_with("&&") || left_.starts_with("||")) {
                break;
            } else if (not_here.find(letter) != std::string_view::npos) {
                parsed_.problem.emplace(1, letter) += " is not understood by the simulated machine's shell";
            } else {
                text += letter;
                left_.remove_prefix(1);
            }
        }
        return text;
    }

    std::string quoted(char mark) {
        left_.remove_prefix(1);
        std::size_t end = left_.find(mark);
        if (end == std::string_view::npos) {
            parsed_.problem = std::string("a closing ") + mark + " is missing";
            return {};
        }
        std::string text(left_.substr(0, end));
        left_.remove_prefix(end + 1);
        if (mark == '"' && text.find_first_of("$`\\") != std::string::npos)
            parsed_.problem = "$, ` and \\ inside \"…\" are not understood by the simulated machine's shell";
        return text;
    }

    void join(Join how, std::size_t letters) {
        left_.remove_prefix(letters);
        end_step(how);
    }

    /// The step that was read is complete; the one after it follows in that way.
    void end_step(Join next) {
        if (!step_.words.empty()) parsed_.steps.push_back(std::move(step_));
        step_ = {.join = next, .words = {}};
    }

    std::string_view left_;
    Step step_;
    Parsed parsed_;
};

}  // namespace

Parsed parse_command(std::string_view line) { return Parser(line).parse(); }

}  // namespace co::sim
