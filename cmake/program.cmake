# costudio, the program. Beside it stands, except in a release build, costudio-ucontext: the same over the other
# way of switching coroutines, so that tests can compare the traces of both byte for byte.
file(GLOB program_sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/native/cli/*.cpp")
include(GNUInstallDirs)

function(costudio_program name context)
    add_executable(${name} "${PROJECT_SOURCE_DIR}/native/main.cpp")
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}")
    target_compile_definitions(${name} PRIVATE COSTUDIO_VERSION="${PROJECT_VERSION}")
    target_link_libraries(${name} PRIVATE costudio_cli ${context} costudio_warnings)
    costudio_optimise_as_a_whole(${name})
endfunction()

if(NOT program_sources
   OR NOT TARGET costudio_studio
   OR NOT TARGET costudio_lessons)
    message(STATUS "costudio: not all of its parts are there yet")
    return()
endif()

add_library(costudio_cli STATIC ${program_sources})
target_compile_definitions(
    costudio_cli PRIVATE COSTUDIO_SOURCE_LESSONS="${PROJECT_SOURCE_DIR}/lessons/scripts"
                         COSTUDIO_INSTALLED_LESSONS="${CMAKE_INSTALL_DATADIR}/costudio/lessons")
target_link_libraries(
    costudio_cli
    PUBLIC costudio_studio costudio_view costudio_lessons costudio_native costudio_core CLI11::CLI11
    PRIVATE costudio_warnings)
costudio_compile_together(costudio_cli)

costudio_program(costudio costudio_context)
add_dependencies(costudio costudio_runtime) # so that whoever builds the program can install everything
if(NOT CMAKE_BUILD_TYPE STREQUAL "Release")
    costudio_program(costudio-ucontext costudio_context_ucontext)
endif()
