// opening_example(): the example with which a public header opens, as code.
//
//     std::optional<Example> example = opening_example(text_of("core/sync/co/channel.h"));
//     example->first_line;   // 3
//     example->code;         // "co::Channel<std::string> results(2); …"
//
// What counts are the lines of the header's opening comment that stand four spaces in.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace co::headers {

struct Example {
    unsigned first_line = 0;
    std::string code;
};

/// None when the header opens without an example.
std::optional<Example> opening_example(std::string_view header);

/// The example as part of a C++ file: in a namespace `name` of its own, as a function's body unless it is a whole
/// program; the compiler speaks of the lines of `file`.
std::string as_code(const Example& example, std::string_view name, std::string_view file);

}  // namespace co::headers
