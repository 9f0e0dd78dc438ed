// Bundle: a few short answers that are written one behind the other, instead of each when it is made: whoever waits for
// them at the other end is woken once, and waking costs more than a short write.
//
//     Bundle<Connection> bundle;
//     if (!bundle.add(connection, "tea")) write_at_once(connection, "tea");
//     bundle.take([](Connection& connection, std::string_view bytes) { write_at_once(connection, bytes); });
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace co::server {

template <typename Receiver>
class Bundle {
  public:
    /// More of them gain little, and the first one waits for all that come behind it.
    static constexpr std::size_t most_answers = 16;
    /// What is longer is better written from where it is.
    static constexpr std::size_t most_bytes_of_one = 1024;

    bool is_empty() const { return answers_.empty(); }
    /// Whether it is part of it now. The receiver must live until it is taken out.
    bool add(Receiver& receiver, std::string_view bytes) {
        if (bytes.size() > most_bytes_of_one || answers_.size() == most_answers) return false;
        answers_.push_back({&receiver, bytes_.size(), bytes.size()});
        bytes_.append(bytes);
        return true;
    }
    /// Takes all out: write(receiver, bytes) for each, in the order of adding. It must not add.
    template <typename Write>
    void take(Write write) {
        for (const Answer& answer : answers_)
            write(*answer.receiver, std::string_view(bytes_).substr(answer.begin, answer.size));
        answers_.clear();
        bytes_.clear();
    }

  private:
    struct Answer {
        Receiver* receiver;
        std::size_t begin;
        std::size_t size;
    };
    std::vector<Answer> answers_;
    std::string bytes_;
};

}  // namespace co::server
