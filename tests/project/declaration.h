// Declaration: what stands before a `{` or a `;` outside of functions, and what can be told from its words.
//
//     Declaration("static std::size_t count").is_variable()        // true
//     Declaration("void stop() noexcept").opens()                  // Opens::function
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace co::project {

/// What a `{` behind it begins.
enum class Opens { scope, type, function, value };

class Declaration {
  public:
    /// Without comments and literals; `}` stands for a value in braces that was left out.
    explicit Declaration(std::string_view text);

    Opens opens() const;
    /// No function, type, alias or template; a member counts as one too.
    bool is_variable() const;
    /// Whether its value can never change: constexpr, const, or a pointer that is const itself.
    bool is_constant() const;
    bool has(std::string_view word) const;
    bool begins_with(const std::vector<std::string_view>& words) const;

  private:
    std::string text_;                // nothing in parentheses or angle brackets, no template<>, no attribute
    std::string before_;              // of text_, what stands before the value
    std::vector<std::string> words_;  // of before_
};

}  // namespace co::project
