# Installs the component `runtime` into a fresh folder, builds the README's C++ program there the WAY that the README
# says (find_package or pkg-config), and runs it.
set(here "${FOLDER}/${WAY}")
set(prefix "${here}/prefix")
file(REMOVE_RECURSE "${here}")
file(MAKE_DIRECTORY "${here}/tea")
execute_process(
    COMMAND "${CMAKE_COMMAND}" --install "${BUILD}" --component runtime --prefix "${prefix}"
    OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
if(EXISTS "${prefix}/${PROGRAMS}")
    message(FATAL_ERROR "the component runtime must not bring programs")
endif()

# fence(LANGUAGE OUT): what stands in the README's first fence of that language.
function(fence language out)
    file(READ "${README}" text)
    set(opening "\n```${language}\n")
    string(FIND "${text}" "${opening}" begin)
    if(begin EQUAL -1)
        message(FATAL_ERROR "README.md has no fence \"${language}\"")
    endif()
    string(LENGTH "${opening}" length)
    math(EXPR begin "${begin} + ${length}")
    string(SUBSTRING "${text}" ${begin} -1 text)
    string(FIND "${text}" "\n```" end)
    string(SUBSTRING "${text}" 0 ${end} text)
    set(${out} "${text}\n" PARENT_SCOPE)
endfunction()

fence(cpp program)
file(WRITE "${here}/tea/tea.cpp" "${program}")

if(WAY STREQUAL "find_package")
    fence(cmake listfile)
    file(WRITE "${here}/tea/CMakeLists.txt" "${listfile}")
    set(tea "${here}/build/tea")
    execute_process(
        COMMAND "${CMAKE_COMMAND}" -S "${here}/tea" -B "${here}/build" -G "${GENERATOR}" "-DCMAKE_PREFIX_PATH=${prefix}"
                "-DCMAKE_CXX_COMPILER=${COMPILER}" "-DCMAKE_CXX_FLAGS=${FLAGS}"
        OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
    execute_process(COMMAND "${CMAKE_COMMAND}" --build "${here}/build" COMMAND_ERROR_IS_FATAL ANY)
else()
    find_program(pkg_config pkg-config)
    if(NOT pkg_config)
        message("skipped: pkg-config is needed (see cmake/packages.txt)")
        return()
    endif()
    fence(sh command)
    # The README's compiler becomes this build's, with what its sanitizers need.
    string(REPLACE "g++ " "'${COMPILER}' ${FLAGS} " command "${command}")
    set(tea "${here}/tea/tea")
    execute_process(
        COMMAND "${CMAKE_COMMAND}" -E env "PKG_CONFIG_PATH=${prefix}/${LIBRARIES}/pkgconfig" sh -e -c "${command}"
        WORKING_DIRECTORY "${here}/tea" COMMAND_ERROR_IS_FATAL ANY)
endif()

execute_process(COMMAND "${tea}" OUTPUT_VARIABLE output COMMAND_ERROR_IS_FATAL ANY)
if(NOT output STREQUAL "tea\n")
    message(FATAL_ERROR "the program printed \"${output}\" instead of \"tea\"")
endif()
