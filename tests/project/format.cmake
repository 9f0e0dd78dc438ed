# cmake -DROOT=… -P format.cmake: every C++ file that git knows is written as clang-format writes it.
find_program(clang_format NAMES clang-format-14 clang-format)
find_program(git git)
if(NOT clang_format OR NOT git)
    message("skipped: clang-format and git are needed (see cmake/packages.txt)")
    return()
endif()
execute_process(
    COMMAND "${git}" -C "${ROOT}" ls-files --cached "*.h" "*.cpp"
    OUTPUT_VARIABLE files OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
string(REPLACE "\n" ";" files "${files}")
if(NOT files)
    message(FATAL_ERROR "git knows no C++ file in ${ROOT}")
endif()
execute_process(COMMAND "${clang_format}" --dry-run -Werror ${files} WORKING_DIRECTORY "${ROOT}" RESULT_VARIABLE result)
if(result)
    message(FATAL_ERROR "Mend the files above with: clang-format -i FILE")
endif()
