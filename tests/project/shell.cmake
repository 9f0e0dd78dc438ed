# cmake -DROOT=… -P shell.cmake: shellcheck finds nothing to say about the shell scripts.
find_program(shellcheck shellcheck)
if(NOT shellcheck)
    message("skipped: shellcheck is needed (see cmake/packages.txt)")
    return()
endif()
execute_process(COMMAND "${shellcheck}" "${ROOT}/costudio" "${ROOT}/.ci/run" "${ROOT}/bench/include_cost" COMMAND_ERROR_IS_FATAL ANY)
