# Compiles through ccache where it is installed: a rebuild after a branch switch then costs seconds.
find_program(COSTUDIO_CCACHE ccache DOC "compiler cache, optional")
if(COSTUDIO_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    # It keeps what was compiled with precompiled headers only when it is told that their time does not count.
    set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND};-E;env;CCACHE_SLOPPINESS=pch_defines,time_macros;${COSTUDIO_CCACHE}")
endif()
