# Compiles through ccache where it is installed: a rebuild after a branch switch then costs seconds.
find_program(COSTUDIO_CCACHE ccache DOC "compiler cache, optional")
if(COSTUDIO_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER "${COSTUDIO_CCACHE}")
endif()
