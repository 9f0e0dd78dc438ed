# Runs the program TWIN and compares its output with the file EXPECT, byte for byte. It must end with RESULT, and its
# complaint must hold the text ERROR, if there is one. LESSON: whose world it is in, if it has one.
set(ENV{COSTUDIO_TWIN_LESSON} "${LESSON}")
execute_process(
    COMMAND "${TWIN}"
    OUTPUT_FILE "${OUTPUT}"
    ERROR_VARIABLE complaint
    RESULT_VARIABLE result)
string(FIND "${complaint}" "${ERROR}" place)
if(NOT result EQUAL RESULT OR place EQUAL -1)
    message(FATAL_ERROR "${TWIN} ended with ${result}: ${complaint}")
endif()
execute_process(COMMAND "${CMAKE_COMMAND}" -E compare_files "${OUTPUT}" "${EXPECT}" RESULT_VARIABLE result)
if(NOT result EQUAL 0)
    file(READ "${OUTPUT}" output)
    file(READ "${EXPECT}" expect)
    message(FATAL_ERROR "the twin printed\n${output}\nbut the lesson expects\n${expect}")
endif()
