#include "tests/project/architecture.h"

#include <algorithm>
#include <fstream>
#include <optional>
#include <regex>
#include <string_view>

#include "tests/project/architecture_rules.h"

namespace co::project {
namespace {

namespace fs = std::filesystem;

struct Include {
    std::string name;
    bool quoted;

    std::string written() const { return quoted ? '"' + name + '"' : '<' + name + '>'; }
};

std::optional<Include> include_of(const std::string& line) {
    static const std::regex pattern(R"(^\s*#\s*include\s*([<"])([^>"]+)[>"])");
    std::smatch match;
    if (!std::regex_search(line, match, pattern)) return std::nullopt;
    return Include{match[2], match[1] == "\""};
}

// `#ifdef __linux__`, `#if defined(__EMSCRIPTEN__) && …`
std::optional<std::string> platform_test_of(const std::string& line) {
    static const std::regex condition(R"(^\s*#\s*(if|ifdef|ifndef|elif)\b)");
    static const std::regex word(R"(\w+)");
    if (!std::regex_search(line, condition)) return std::nullopt;
    for (std::sregex_iterator found(line.begin(), line.end(), word), end; found != end; ++found) {
        if (is_platform_macro(found->str())) return found->str();
    }
    return std::nullopt;
}

bool begins_with_any(std::string_view name, const std::vector<std::string_view>& beginnings) {
    return std::ranges::any_of(beginnings, [&](std::string_view beginning) {
        return beginning == standard_library ? is_standard_header(name) : name.starts_with(beginning);
    });
}

// The leftmost layer that has the header, as a public one (co/…) or a private one.
std::optional<std::size_t> layer_with(const fs::path& root, const std::string& header) {
    for (std::size_t layer = 0; layer < layers.size(); ++layer) {
        if (fs::exists(root / "core" / layers[layer] / header)) return layer;
    }
    return std::nullopt;
}

std::optional<std::string> broken_core_rule(const fs::path& root, std::size_t layer, const Include& include) {
    const bool ours = include.quoted || include.name.starts_with("co/");
    if (!ours) {
        if (is_portable_header(include.name)) return std::nullopt;
        if (layers[layer] == "protocol" && include.name == "llhttp.h") return std::nullopt;  // bytes in, values out
        return "core includes itself and the portable part of the C++ standard library, no operating system's header";
    }
    const std::optional<std::size_t> owner = layer_with(root, include.name);
    if (!owner) return "no layer of core has this header";
    if (*owner > layer) {
        return "a layer of core includes itself and those to its left; " + std::string(layers[*owner]) +
               " is right of " + std::string(layers[layer]);
    }
    return std::nullopt;
}

const Area* area_of(std::string_view file) {
    const Area* best = nullptr;
    for (const Area& area : areas()) {
        if (file.starts_with(area.folder) && (!best || area.folder.size() > best->folder.size())) best = &area;
    }
    return best;
}

std::optional<std::string> broken_rule(const fs::path& root, const std::string& file, const Include& include) {
    for (std::size_t layer = 0; layer < layers.size(); ++layer) {
        if (file.starts_with("core/" + std::string(layers[layer]) + "/")) return broken_core_rule(root, layer, include);
    }
    const Area* area = area_of(file);
    if (!area) return std::nullopt;
    const bool allowed = area->may.empty() || begins_with_any(include.name, area->may);
    if (allowed && !begins_with_any(include.name, area->may_not)) return std::nullopt;
    return std::string(area->rule);
}

bool is_platform_file(std::string_view file) {
    return std::ranges::any_of(platform_folders, [&](std::string_view folder) { return file.starts_with(folder); });
}

void check_file(const fs::path& root, const std::string& file, std::vector<Violation>& violations) {
    std::ifstream in(root / file);
    std::string line;
    for (unsigned number = 1; std::getline(in, line); ++number) {
        if (const auto include = include_of(line)) {
            if (const auto rule = broken_rule(root, file, *include)) {
                violations.push_back({file, number, include->written() + ": " + *rule});
            }
        }
        const auto macro = platform_test_of(line);
        if (macro && !is_platform_file(file)) {
            violations.push_back(
                {file, number, *macro + ": a platform is a file of its own, not a branch inside another"});
        }
    }
}

void check_folders(const fs::path& root, std::vector<Violation>& violations) {
    for (const auto& [folder, parts] : known_parts()) {
        if (!fs::exists(root / folder)) continue;
        for (const auto& entry : fs::directory_iterator(root / folder)) {
            const std::string name = entry.path().filename();
            if (!entry.is_directory() || std::ranges::find(parts, name) != parts.end()) continue;
            violations.push_back({std::string(folder) + '/' + name, 0, "the architecture has no such folder"});
        }
    }
}

std::vector<std::string> sources_below(const fs::path& root) {
    std::vector<std::string> files;
    for (const auto& [folder, parts] : known_parts()) {
        if (!fs::exists(root / folder)) continue;
        for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
            const auto extension = entry.path().extension();
            if (extension == ".h" || extension == ".cpp")
                files.push_back(fs::relative(entry.path(), root).generic_string());
        }
    }
    std::ranges::sort(files);
    return files;
}

}  // namespace

std::vector<Violation> check_architecture(const fs::path& root) {
    std::vector<Violation> violations;
    check_folders(root, violations);
    for (const std::string& file : sources_below(root)) check_file(root, file, violations);
    return violations;
}

}  // namespace co::project
