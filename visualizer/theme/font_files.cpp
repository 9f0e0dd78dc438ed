#include "visualizer/theme/font_files.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>
#include <string_view>

namespace co::studio {
namespace {

namespace fs = std::filesystem;

struct Wanted {
    std::string_view stem;
    bool code;
    bool bold;
};

constexpr std::array<Wanted, face_count> wanted{{{"Inter-Regular", false, false},
                                                 {"Inter-Medium", false, false},
                                                 {"Inter-SemiBold", false, true},
                                                 {"Inter-Bold", false, true},
                                                 {"JetBrainsMono-Regular", true, false},
                                                 {"JetBrainsMono-Medium", true, false},
                                                 {"JetBrainsMono-SemiBold", true, true}}};

bool is_font(const fs::path& path) {
    const std::string extension = path.extension().string();
    return extension == ".otf" || extension == ".ttf" || extension == ".ttc";
}

/// Every font file below the folders by its name without extension; the first folder that has one wins.
std::map<std::string, fs::path> installed_fonts(const std::vector<fs::path>& folders) {
    std::map<std::string, fs::path> found;
    for (const fs::path& folder : folders) {
        std::error_code error;
        fs::recursive_directory_iterator entry(folder, fs::directory_options::skip_permission_denied, error), end;
        for (; !error && entry != end; entry.increment(error)) {
            if (is_font(entry->path())) found.emplace(entry->path().stem().string(), entry->path());
        }
    }
    return found;
}

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

/// How well an installed font stands in for a missing one; more is better.
int likeness(const std::string& stem, const Wanted& face) {
    const bool slanted = contains(stem, "Italic") || contains(stem, "Oblique");
    const bool code = contains(stem, "Mono") || contains(stem, "Code") || contains(stem, "Courier");
    const bool bold = contains(stem, "Bold");
    const bool plain = contains(stem, "Regular") || contains(stem, "Sans") || contains(stem, "Mono");
    const std::string_view family = face.stem.substr(0, face.stem.find('-'));
    return 16 * stem.starts_with(family) + 8 * (code == face.code) + 4 * !slanted + 2 * (bold == face.bold) + plain;
}

fs::path closest(const std::map<std::string, fs::path>& fonts, const Wanted& face) {
    const auto best = std::max_element(fonts.begin(), fonts.end(), [&](const auto& a, const auto& b) {
        return likeness(a.first, face) < likeness(b.first, face);
    });
    return best == fonts.end() ? fs::path{} : best->second;
}

std::string warning_for(bool text_missing, bool code_missing) {
    std::string packages;
    if (text_missing) packages += " fonts-inter";
    if (code_missing) packages += " fonts-jetbrains-mono";
    if (packages.empty()) return {};
    const std::string faces = text_missing && code_missing ? "The typefaces Inter and JetBrains Mono are"
                              : text_missing               ? "The typeface Inter is"
                                                           : "The typeface JetBrains Mono is";
    return faces + " not installed, so another one stands in. Install it with: apt install" + packages;
}

/// Faces that have Chinese characters, as Debian's packages name their files; the smallest first.
constexpr std::array<std::string_view, 6> ideograph_stems{
    "wqy-microhei", "wqy-zenhei", "NotoSansCJK-Regular", "NotoSansSC-Regular", "DroidSansFallbackFull", "uming"};

fs::path ideographs_among(const std::map<std::string, fs::path>& fonts) {
    for (const std::string_view stem : ideograph_stems) {
        if (const auto found = fonts.find(std::string(stem)); found != fonts.end()) return found->second;
    }
    return {};
}

std::string read_file(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

std::vector<fs::path> default_font_folders() {
    std::vector<fs::path> folders;
    if (const char* chosen = std::getenv("COSTUDIO_FONTS")) {
        std::stringstream list(chosen);
        for (std::string folder; std::getline(list, folder, ':');) folders.emplace_back(folder);
    }
    if (const char* home = std::getenv("HOME")) folders.push_back(fs::path(home) / ".local/share/fonts");
    folders.insert(folders.end(), {"/usr/share/fonts/opentype/inter", "/usr/share/fonts/truetype/jetbrains-mono",
                                   "/usr/local/share/fonts", "/usr/share/fonts"});
    return folders;
}

FontFiles find_font_files(const std::vector<fs::path>& folders) {
    const std::map<std::string, fs::path> fonts = installed_fonts(folders);
    FontFiles files;
    bool text_missing = false, code_missing = false;
    for (std::size_t i = 0; i < face_count; ++i) {
        if (const auto exact = fonts.find(std::string(wanted[i].stem)); exact != fonts.end()) {
            files.paths[i] = exact->second;
            continue;
        }
        (wanted[i].code ? code_missing : text_missing) = true;
        files.paths[i] = closest(fonts, wanted[i]);
    }
    files.warning = warning_for(text_missing, code_missing);
    files.ideographs = ideographs_among(fonts);
    return files;
}

FontData read_fonts(const FontFiles& files) {
    FontData data{.bytes = {}, .warning = files.warning, .ideographs = {}};
    for (std::size_t i = 0; i < face_count; ++i) data.bytes[i] = read_file(files.paths[i]);
    data.ideographs = read_file(files.ideographs);
    return data;
}

}  // namespace co::studio
