# The typefaces that the canvas draws with, cut down to the characters that it has (visualizer/theme/fonts.cpp): about a
# tenth of their files.
find_program(COSTUDIO_SUBSET pyftsubset REQUIRED DOC "Cuts fonts down; Debian's package fonttools")
set(characters
    U+0020-007E U+00A0-017F U+0391-03C9 U+2010-2027 U+2030-203A U+20AC U+2190-2199 U+2212 U+2248 U+2260-2265 U+22EF
    U+2318 U+23CE U+25A0-25CF U+2713-2717)
list(JOIN characters "," characters)

set(fonts "")
foreach(face Inter-Regular Inter-Medium Inter-SemiBold Inter-Bold JetBrainsMono-Regular JetBrainsMono-Medium
             JetBrainsMono-SemiBold)
    find_file(
        file NAMES "${face}.otf" "${face}.ttf" REQUIRED NO_CACHE
        PATHS /usr/share/fonts/opentype/inter /usr/share/fonts/truetype/jetbrains-mono /usr/share/fonts
        NO_DEFAULT_PATH NO_CMAKE_FIND_ROOT_PATH)
    get_filename_component(name "${file}" NAME)
    add_custom_command(
        OUTPUT "${modules}/fonts/${name}"
        COMMAND "${CMAKE_COMMAND}" -E make_directory "${modules}/fonts"
        COMMAND "${COSTUDIO_SUBSET}" "${file}" "--unicodes=${characters}" --layout-features=tnum,kern --no-hinting
                --desubroutinize --name-IDs= "--output-file=${modules}/fonts/${name}"
        DEPENDS "${file}"
        VERBATIM)
    list(APPEND fonts "${modules}/fonts/${name}")
    unset(file)
endforeach()
add_custom_target(costudio_fonts ALL DEPENDS ${fonts})
