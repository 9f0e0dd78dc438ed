# Most of a build's time goes into reading the same headers again and again. So several sources are compiled as one, or,
# where their names would meet, the headers that most of them need are read once. A compiler then no longer notices an
# include that was forgotten: switch it off to see them.
option(COSTUDIO_QUICK_BUILD "Read common headers once for several sources: a whole build takes half the time" ON)

# costudio_compile_together(TARGET...): several sources of each target at once.
function(costudio_compile_together)
    if(COSTUDIO_QUICK_BUILD)
        set_target_properties(${ARGN} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 8)
    endif()
endfunction()

# costudio_compile_folders_together(TARGET FOLDER...): of a target in whose other folders names meet, the sources of these,
# a dozen at once. A folder is named from the project's root.
function(costudio_compile_folders_together target)
    foreach(folder IN LISTS ARGN)
        string(REPLACE "/" "_" name "${folder}")
        costudio_compile_matching_together(${target} ${name} "${folder}/[a-z0-9_]+" 12)
    endforeach()
endfunction()

# costudio_compile_matching_together(TARGET NAME WHICH AT_ONCE): of a target, those sources, so many at once, whose paths, from
# the project's root and without their ".cpp", match the regular expression.
function(costudio_compile_matching_together target name which at_once)
    if(NOT COSTUDIO_QUICK_BUILD)
        return()
    endif()
    get_target_property(sources ${target} SOURCES)
    list(FILTER sources INCLUDE REGEX "^${PROJECT_SOURCE_DIR}/${which}[.]cpp$")
    set(number 0)
    foreach(source IN LISTS sources)
        math(EXPR group "${number} / ${at_once}")
        set_source_files_properties("${source}" PROPERTIES UNITY_GROUP ${name}_${group})
        math(EXPR number "${number} + 1")
    endforeach()
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
endfunction()

# costudio_read_headers_once(TARGET HEADER...): these headers once for all of the target's sources, beside the standard
# library's that nearly all of them need. A header of this project stands as it is included: "lessons/host/host.h".
function(costudio_read_headers_once target)
    if(COSTUDIO_QUICK_BUILD)
        list(TRANSFORM ARGN PREPEND "${PROJECT_SOURCE_DIR}/" REGEX "^[a-z]")
        target_precompile_headers(${target} PRIVATE <algorithm> <functional> <memory> <optional> <string> <vector> ${ARGN})
    endif()
endfunction()

# What the sources of the lessons' host and those of the studio's view have in common, on every platform.
set(COSTUDIO_HOST_HEADERS lessons/host/host.h lessons/host/binding.h lessons/host/bindings.h)
set(COSTUDIO_VIEW_HEADERS visualizer/layout/panel.h visualizer/layout/paragraph.h visualizer/model/words.h)
