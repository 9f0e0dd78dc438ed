# costudio_warnings: the warnings that every file of ours compiles cleanly with, by g++ 12 and clang 14.
add_library(costudio_warnings INTERFACE)
target_compile_options(costudio_warnings INTERFACE -Wall -Wextra -Wconversion -Wshadow)
if(COSTUDIO_WERROR)
    target_compile_options(costudio_warnings INTERFACE -Werror)
endif()
# Where g++ 12 optimises, it takes the insides of its own std::string and std::vector for overflows (bug 105329 of GCC and its
# kin): pages of it were the first that anybody saw of costudio.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    target_compile_options(costudio_warnings INTERFACE
                           $<$<CONFIG:Release>:-Wno-restrict;-Wno-stringop-overflow;-Wno-stringop-overread;-Wno-array-bounds>)
endif()
