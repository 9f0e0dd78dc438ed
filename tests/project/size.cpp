#include "tests/project/size.h"

#include <algorithm>
#include <cctype>

#include "tests/project/code_text.h"
#include "tests/project/declaration.h"

namespace co::project {
namespace {

namespace fs = std::filesystem;

constexpr unsigned most_function_lines = 60;
constexpr unsigned most_header_lines = 300;
/// The one way from a thread to its scheduler: without it every call would have to be handed the scheduler.
constexpr std::string_view allowed_variable = "scheduler_of_this_thread";
/// And the one way from a signal's handler, which is told a number and nothing else, to who watches that signal.
constexpr std::string_view allowed_table = "signal_watchers";
constexpr std::string_view allowed_file = "native/signal_watch.cpp";

class Scan {
  public:
    Scan(std::string file, std::string_view text) : file_(std::move(file)), code_(code_only(text)) {}

    std::vector<Violation> violations() {
        for (char letter : code_) read(letter);
        return std::move(violations_);
    }

  private:
    enum class Inside { scope, type, function, block, value };

    struct Level {
        Inside inside = Inside::scope;
        std::string head;  // what has been read of the declaration here
        unsigned head_line = 1;
        int parentheses = 0;
    };

    Level& level() { return levels_.back(); }
    bool in_function() { return level().inside == Inside::function || level().inside == Inside::block; }

    void read(char letter) {
        if (letter == '\n') ++line_;
        if (letter == '(') ++level().parentheses;
        if (letter == ')') --level().parentheses;
        if (letter == '{') return open();
        if (letter == '}') return close();
        if (letter == ';' && level().parentheses == 0) return end_statement();
        if (letter == ':' && is_access_label()) return level().head.clear();
        const bool is_blank = std::isspace(static_cast<unsigned char>(letter));
        if (level().head.empty() && !is_blank) level().head_line = line_;
        if (!level().head.empty() || !is_blank) level().head += is_blank ? ' ' : letter;
    }

    bool is_access_label() {
        const std::string& head = level().head;
        return level().inside == Inside::type && (head == "public" || head == "protected" || head == "private");
    }

    void open() { levels_.push_back({.inside = what_opens(), .head = {}, .head_line = line_, .parentheses = 0}); }

    Inside what_opens() {
        if (in_function()) {
            check_variable();
            return Inside::block;
        }
        if (level().inside == Inside::value || level().parentheses > 0) return Inside::value;
        switch (Declaration(level().head).opens()) {
            case Opens::scope:
                return Inside::scope;
            case Opens::type:
                return Inside::type;
            case Opens::function:
                return Inside::function;
            case Opens::value:
                break;
        }
        return Inside::value;
    }

    void close() {
        if (levels_.size() == 1) return;  // more closed than opened: the branches of an #if
        const Inside closed = level().inside;
        levels_.pop_back();
        if (closed == Inside::function) check_length();
        if (closed == Inside::value || closed == Inside::type)
            level().head += '}';
        else
            level().head.clear();
    }

    void end_statement() {
        check_variable();
        level().head.clear();
    }

    void check_length() {
        const unsigned lines = line_ - level().head_line + 1;
        if (lines <= most_function_lines) return;
        report("a function of " + std::to_string(lines) + " lines: no function is longer than " +
               std::to_string(most_function_lines));
    }

    void check_variable() {
        if (file_.starts_with("wasm/")) return;  // what a browser calls is C functions: they have no other way
        if (level().inside == Inside::value) return;
        const Declaration declaration(level().head);
        const bool lasts = declaration.has("static") || declaration.has("thread_local");
        if (in_function() && !declaration.begins_with({"static", "thread_local"})) return;
        if (level().inside == Inside::type && !lasts) return;
        if (declaration.is_constant() || !(in_function() || declaration.is_variable())) return;
        if (declaration.has("thread_local") && declaration.has(allowed_variable)) return;
        if (file_ == allowed_file && declaration.has(allowed_table)) return;
        report("a variable that everything can change: none is global or static but the thread's pointer " +
               std::string(allowed_variable));
    }

    void report(std::string what) { violations_.push_back({file_, level().head_line, std::move(what)}); }

    std::string file_;
    std::string code_;
    unsigned line_ = 1;
    std::vector<Level> levels_{1};
    std::vector<Violation> violations_;
};

void check_size(const fs::path& root, const std::string& file, std::vector<Violation>& violations) {
    const std::string text = text_of(root / file);
    const auto lines = static_cast<unsigned>(std::ranges::count(text, '\n'));
    if (file.ends_with(".h") && lines > most_header_lines) {
        violations.push_back({file, most_header_lines + 1,
                              "a header of " + std::to_string(lines) + " lines: no header is longer than " +
                                  std::to_string(most_header_lines)});
    }
    std::ranges::move(Scan(file, text).violations(), std::back_inserter(violations));
}

}  // namespace

std::vector<Violation> check_size(const fs::path& root) {
    std::vector<std::string> files;
    for (const char* folder : {"core", "native", "visualizer", "lessons", "wasm", "bench"}) {
        if (!fs::exists(root / folder)) continue;
        for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
            const auto extension = entry.path().extension();
            if (extension == ".h" || extension == ".cpp")
                files.push_back(fs::relative(entry.path(), root).generic_string());
        }
    }
    std::ranges::sort(files);
    std::vector<Violation> violations;
    for (const std::string& file : files) check_size(root, file, violations);
    return violations;
}

}  // namespace co::project
