#include "tests/project/browser.h"

#include <algorithm>
#include <array>
#include <regex>
#include <set>

#include "tests/project/code_text.h"

namespace co::project {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view additions = "wasm/ranges.h";
constexpr std::array missing_headers = {"expected", "format",     "generator", "print",
                                        "ranges",   "stop_token", "syncstream"};

unsigned line_of(const std::string& text, std::ptrdiff_t place) {
    return 1 + static_cast<unsigned>(std::count(text.begin(), text.begin() + place, '\n'));
}

/// The algorithms that wasm/ranges.h defines.
std::set<std::string> added(const fs::path& root) {
    static const std::regex definition(R"(\nconstexpr \w+ (\w+)\()");
    const std::string text = text_of(root / additions);
    std::set<std::string> names;
    for (std::sregex_iterator one(text.begin(), text.end(), definition), end; one != end; ++one) {
        names.insert((*one)[1]);
    }
    return names;
}

class Check {
  public:
    explicit Check(const fs::path& root) : root_(root), added_(added(root)) {}

    void file(const std::string& name) {
        const std::string text = text_of(root_ / name);
        check_headers(name, text);
        if (name != additions) check_names(name, code_only(text));
    }
    std::vector<Violation> take() { return std::move(violations_); }

  private:
    void check_headers(const std::string& file, const std::string& text) {
        static const std::regex include(R"((?:^|\n)[ \t]*#[ \t]*include[ \t]*<(\w+)>)");
        for (std::sregex_iterator one(text.begin(), text.end(), include), end; one != end; ++one) {
            const std::string header = (*one)[1];
            if (std::ranges::find(missing_headers, header) == missing_headers.end()) continue;
            violations_.push_back({file, line_of(text, one->position(1)),
                                   "<" + header + ">: the browser's C++ library has no such header"});
        }
    }

    void check_names(const std::string& file, const std::string& code) {
        static const std::regex use(R"(\bstd::(ranges|views)::(?:(views)::)?(\w+))");
        for (std::sregex_iterator one(code.begin(), code.end(), use), end; one != end; ++one) {
            const bool is_view = (*one)[1] == "views" || (*one)[2].matched;
            if (!is_view && added_.contains((*one)[3])) continue;
            std::string remedy = ": the browser's C++ library has it not; ";
            remedy.append(is_view ? "write a loop" : "add it to wasm/ranges.h, or use the one of <algorithm>");
            violations_.push_back({file, line_of(code, one->position()), one->str().append(remedy)});
        }
    }

    const fs::path& root_;
    std::set<std::string> added_;
    std::vector<Violation> violations_;
};

}  // namespace

std::vector<Violation> check_browser(const fs::path& root) {
    std::set<std::string> files;
    for (const char* folder : {"core", "lessons", "visualizer", "wasm"}) {
        if (!fs::exists(root / folder)) continue;
        for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
            const auto extension = entry.path().extension();
            if (extension == ".h" || extension == ".cpp") {
                files.insert(fs::relative(entry.path(), root).generic_string());
            }
        }
    }
    Check check(root);
    for (const std::string& file : files) check.file(file);
    return check.take();
}

}  // namespace co::project
