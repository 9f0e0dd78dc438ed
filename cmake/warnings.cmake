# costudio_warnings: the warnings that every file of ours compiles cleanly with, by g++ 12 and clang 14.
add_library(costudio_warnings INTERFACE)
target_compile_options(costudio_warnings INTERFACE -Wall -Wextra -Wconversion -Wshadow)
if(COSTUDIO_WERROR)
    target_compile_options(costudio_warnings INTERFACE -Werror)
endif()
