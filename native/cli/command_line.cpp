#include "native/cli/command_line.h"

#include <algorithm>
#include <iostream>

#include <co/suggest.h>

#include "native/cli/values.h"

namespace co::cli {
namespace {

// CLI11's help in the project's own words.
class Help : public CLI::Formatter {
  public:
    Help() {
        column_width(34);
        label("Positionals", "Words");
        label("Excludes", "not with");
        label("TEXT", "");
        label("REQUIRED", "");
    }

    std::string make_usage(const CLI::App* app, std::string) const override {
        const std::string called = app->get_parent() ? "./costudio " + app->get_name() : "./costudio";
        std::string words;
        for (const CLI::Option* option : app->get_options([](const CLI::Option* o) { return o->get_positional(); })) {
            const std::string name = option->get_name(true) + (option->get_expected_max() > 1 ? "..." : "");
            words += option->get_required() ? ' ' + name : " [" + name + ']';
        }
        const bool has_options = app->get_options([](const CLI::Option* o) { return !o->get_positional(); }).size() > 1;
        std::string usage = "\nUsage: " + called + words + (has_options ? " [OPTION]..." : "") + '\n';
        if (!app->get_parent()) usage += "       ./costudio COMMAND --help\n";
        return usage;
    }
};

std::vector<std::string_view> views(const std::vector<std::string>& words) { return {words.begin(), words.end()}; }

std::vector<std::string> option_names(const CLI::App& app) {
    std::vector<std::string> names;
    for (const CLI::Option* option : app.get_options()) {
        for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    }
    return names;
}

// The command that was being read when something could not be understood.
const CLI::App& current(const CLI::App& app) {
    const auto chosen = app.get_subcommands();
    return chosen.empty() ? app : *chosen.back();
}

// The first word that was taken for a lesson or a file.
std::string first_positional(const CLI::App& app) {
    for (const CLI::Option* option : app.get_options())
        if (option->get_positional() && option->count() > 0) return option->results().front();
    return {};
}

std::string called(const CLI::App& app) { return app.get_parent() ? "costudio " + app.get_name() : "costudio"; }

}  // namespace

CommandLine::CommandLine(const std::string& version)
    : app_("Stackful coroutines for C++, and a studio that shows them running.", "costudio") {
    app_.formatter(std::make_shared<Help>());
    app_.set_help_flag("-h,--help", "Print this help");
    app_.set_version_flag("--version", "costudio " + version, "Print the version");
    app_.require_subcommand(0, 1);
}

CLI::App& CommandLine::command(const std::string& name, const std::string& description, std::function<Exit()> action) {
    CLI::App* command = app_.add_subcommand(name, description);
    command->group("Commands");
    command->callback([this, action = std::move(action)] { chosen_action_ = action; });
    return *command;
}

std::vector<std::string> CommandLine::command_names() const {
    std::vector<std::string> names;
    for (const CLI::App* command : app_.get_subcommands([](const CLI::App*) { return true; })) {
        names.push_back(command->get_name());
    }
    return names;
}

int CommandLine::run(int count, const char* const* words) try {
    chosen_action_ = default_action_;
    app_.parse(count, words);
    return static_cast<int>(chosen_action_());
} catch (const CLI::Success& asked) {  // --help, --version
    return app_.exit(asked);
} catch (const CLI::ParseError& error) {
    return complain(error);
} catch (const Misunderstood& error) {
    std::cerr << "costudio: " << error.what() << '\n';
    return static_cast<int>(Exit::misunderstood);
} catch (const std::exception& error) {
    std::cerr << "costudio: " << error.what() << '\n';
    return static_cast<int>(Exit::failed);
}

int CommandLine::complain(const CLI::ParseError& error) const {
    const CLI::App& app = current(app_);
    const std::vector<std::string> unknown = app_.remaining(true);
    if (!unknown.empty() && unknown.front().starts_with("-")) {
        const std::string word = unknown.front().substr(0, unknown.front().find('='));
        std::cerr << called(app) << ": there is no option " << word << "; "
                  << co::suggest(word, views(option_names(app))) << '\n';
    } else if (!unknown.empty() && &app == &app_) {
        // More than one word follows a command only, so the first one was meant as one.
        const std::string word = first_positional(app);
        std::cerr << "costudio: there is no command " << word << "; " << co::suggest(word, views(command_names()))
                  << '\n';
    } else if (!unknown.empty()) {
        std::cerr << called(app) << ": one word too many: " << unknown.front() << '\n';
    } else {
        std::cerr << called(app) << ": " << error.what() << '\n';
    }
    std::cerr << "What it takes: ./" << called(app) << " --help\n";
    return static_cast<int>(Exit::misunderstood);
}

CLI::Validator whole_number() {
    return {[](const std::string& text) {
                return parse_whole_number(text) ? "" : '"' + text + "\" is no whole number from 0 on";
            },
            ""};
}

CLI::Validator time_text() {
    return {[](const std::string& text) {
                return parse_time(text) ? "" : '"' + text + "\" is no time; write it with its unit: 250ms, 2s or 1.5s";
            },
            ""};
}

CLI::Validator picture_size() {
    return {[](const std::string& text) {
                return parse_size(text) ? "" : '"' + text + "\" is no picture's size; write it as 1280x800";
            },
            ""};
}

}  // namespace co::cli
