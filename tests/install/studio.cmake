# Installs the component `studio` into a fresh folder and asks its program for the lessons. All but one are removed
# there first, so that the answer shows whose lessons they are.
set(prefix "${FOLDER}/studio")
file(REMOVE_RECURSE "${prefix}")
execute_process(
    COMMAND "${CMAKE_COMMAND}" --install "${BUILD}" --component studio --prefix "${prefix}"
    OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
file(GLOB others "${prefix}/${DATA}/costudio/lessons/*.md")
list(FILTER others EXCLUDE REGEX "/12-channels\\.md$")
if(NOT others)
    message(FATAL_ERROR "no lessons in ${prefix}/${DATA}/costudio/lessons")
endif()
file(REMOVE ${others})
execute_process(
    COMMAND "${CMAKE_COMMAND}" -E env --unset=COSTUDIO_LESSONS "${prefix}/${PROGRAMS}/costudio" lessons
    WORKING_DIRECTORY / OUTPUT_VARIABLE output COMMAND_ERROR_IS_FATAL ANY)
if(NOT output MATCHES "^12  channels[^\n]*\n$")
    message(FATAL_ERROR "instead of lesson 12 alone the program found:\n${output}")
endif()
file(REMOVE_RECURSE "${prefix}") # a debug build's program is large
