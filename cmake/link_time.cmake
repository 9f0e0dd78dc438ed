# A release's programs are optimised as a whole when they are linked: what a request passes through lies in many sources.
# The objects serve both ways, so that who links the installed library need not know: with -flto it gains the same.
option(COSTUDIO_LINK_TIME "Optimise a release's programs as a whole when they are linked" ON)
set(works_at_link_time OFF)
if(COSTUDIO_LINK_TIME AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    set(works_at_link_time ON)
endif()

# costudio_for_link_time(TARGET...): their sources can be optimised together with a program's.
function(costudio_for_link_time)
    foreach(target IN LISTS ARGN)
        if(works_at_link_time)
            target_compile_options(${target} PRIVATE "$<$<CONFIG:Release>:-flto=auto;-ffat-lto-objects>")
        endif()
    endforeach()
endfunction()

# costudio_optimise_as_a_whole(PROGRAM): together with all of that.
function(costudio_optimise_as_a_whole program)
    costudio_for_link_time(${program})
    if(works_at_link_time)
        target_link_options(${program} PRIVATE "$<$<CONFIG:Release>:-flto=auto>")
    endif()
endfunction()
