# The typefaces that the canvas draws with, cut down: the two regular ones to the characters that it has
# (visualizer/theme/fonts.cpp), which stand in for what the others lack; those to what is usually written with them.
find_program(COSTUDIO_SUBSET pyftsubset DOC "Cuts fonts down; Debian's package fonttools")
if(NOT COSTUDIO_SUBSET)
    message(FATAL_ERROR "pyftsubset is missing, which cuts the page's typefaces down: install fonttools (Debian's package "
                        "of that name, or Python's)")
endif()
set(characters
    U+0020-007E U+00A0-017F U+0391-03C9 U+2010-2027 U+2030-203A U+20AC U+2190-2199 U+2212 U+2248 U+2260-2265 U+22EF
    U+2318 U+23CE U+25A0-25CF U+2713-2717)
set(french U+0020-007E U+00A0-00FF U+0152-0153 U+2010-2027 U+2030-203A U+2190-2199 U+2212)
set(english U+0020-007E U+00B5 U+00D7 U+2013-2014 U+2018-201D U+2026)
set(COSTUDIO_FONTS "" CACHE PATH "A further folder with the typefaces Inter and JetBrains Mono")
list(JOIN characters "," characters)
list(JOIN french "," french)
list(JOIN english "," english)
set(digits U+0020,U+0030-0039)

set(fonts "")
# Kerning is the page's; the canvas sets no pairs.
foreach(face_of Inter-Regular=characters=tnum,kern Inter-Medium=english=tnum Inter-SemiBold=french=tnum,kern
                Inter-Bold=digits=tnum JetBrainsMono-Regular=characters= JetBrainsMono-Medium=english=
                JetBrainsMono-SemiBold=english=)
    string(REPLACE "=" ";" face_of "${face_of}")
    list(POP_FRONT face_of face kept features)
    find_file(
        file NAMES "${face}.otf" "${face}.ttf" NO_CACHE
        PATHS /usr/share/fonts/opentype/inter /usr/share/fonts/truetype/jetbrains-mono /usr/share/fonts
              ${COSTUDIO_FONTS}
        NO_DEFAULT_PATH NO_CMAKE_FIND_ROOT_PATH)
    if(NOT file)
        message(FATAL_ERROR "The typeface ${face} is missing, which the page writes with. Debian has it in fonts-inter or "
                            "fonts-jetbrains-mono; elsewhere: -DCOSTUDIO_FONTS=FOLDER with ${face}.otf or ${face}.ttf")
    endif()
    get_filename_component(name "${file}" NAME)
    add_custom_command(
        OUTPUT "${modules}/fonts/${name}"
        COMMAND "${CMAKE_COMMAND}" -E make_directory "${modules}/fonts"
        COMMAND "${COSTUDIO_SUBSET}" "${file}" "--unicodes=${${kept}}" "--layout-features=${features}" --no-hinting
                --desubroutinize --name-IDs= "--output-file=${modules}/fonts/${name}"
        DEPENDS "${file}"
        VERBATIM)
    list(APPEND fonts "${modules}/fonts/${name}")
    unset(file)
endforeach()
add_custom_target(costudio_fonts ALL DEPENDS ${fonts})
