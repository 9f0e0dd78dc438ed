// Where the studio's typefaces come from: Inter for text, JetBrains Mono for code, as the system has them installed.
//
//     FontFiles files = find_font_files(default_font_folders());
//     files.path(Face::inter_regular)   // "/usr/share/fonts/opentype/inter/Inter-Regular.otf"
//     files.warning                     // empty, or what is missing and how to get it
//     Fonts fonts(read_fonts(files), 1.0F);
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace co::studio {

enum class Face : std::uint8_t {
    inter_regular,
    inter_medium,
    inter_semibold,
    inter_bold,
    mono_regular,
    mono_medium,
    mono_semibold
};
inline constexpr std::size_t face_count = 7;

struct FontFiles {
    std::array<std::filesystem::path, face_count> paths;  // empty: nothing fitting is installed
    std::filesystem::path ideographs;                     // Chinese characters, for all faces; empty: none is installed
    std::string warning;                                  // for the person; empty: all is there

    const std::filesystem::path& path(Face face) const { return paths[static_cast<std::size_t>(face)]; }
};

/// The faces' files as they stand in memory, from wherever they come; empty: there is none.
struct FontData {
    std::array<std::string, face_count> bytes;
    std::string warning;
    std::string ideographs = {};  // may be empty: only a text that has some asks for them

    const std::string& face(Face face) const { return bytes[static_cast<std::size_t>(face)]; }
};

/// $COSTUDIO_FONTS (folders, separated by colons) before the places where systems keep their fonts.
std::vector<std::filesystem::path> default_font_folders();

/// Looks through the folders and what is below them. A face that is missing is replaced by another installed font of
/// its kind, or of the other kind, and the warning names the package that brings it.
FontFiles find_font_files(const std::vector<std::filesystem::path>& folders);

FontData read_fonts(const FontFiles& files);

}  // namespace co::studio
