// Names: what the script's author calls a thing, read from the source: nobody should have to name a channel twice.
//
//     Names names("local results = chan(2)\nlocal function producer(name)\nend\n");
//     names.assigned(1, "chan")       // "results"
//     names.function_at(2)            // "producer"
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace co::lessons {

class Names {
  public:
    explicit Names(std::string script);
    Names(const Names&) = delete;
    Names& operator=(const Names&) = delete;

    /// `results` for a line like `local results = chan(2)` and the call `chan`; of `self.results = …` and
    /// `{ results = … }` too. Nothing where the line doesn't give the call's result one name.
    std::optional<std::string> assigned(std::uint32_t line, std::string_view call) const;

    /// `producer` for a line that says `function producer(` or `producer = function(`.
    std::optional<std::string> function_at(std::uint32_t line) const;

  private:
    std::string_view line(std::uint32_t number) const;

    std::string script_;
    std::vector<std::string_view> lines_;
};

}  // namespace co::lessons
