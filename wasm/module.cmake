# What both modules have in common: ES modules that are handed their bytes, and touch no files.
set(modules "${PROJECT_BINARY_DIR}/modules")
# module(NAME): what both have in common.
function(module name)
    set_target_properties(${name} PROPERTIES SUFFIX ".js" RUNTIME_OUTPUT_DIRECTORY "${modules}")
    target_link_options(
        ${name}
        PRIVATE
        -Oz # what the linker's optimiser makes of it: some KB less to load
        -sMODULARIZE
        -sEXPORT_ES6
        -sUSE_ES6_IMPORT_META=0
        -sENVIRONMENT=web,worker
        -sDYNAMIC_EXECUTION=0
        -sALLOW_MEMORY_GROWTH
        -sFILESYSTEM=0
        -sEXPORTED_FUNCTIONS=_malloc,_free
        --no-entry)
    target_link_libraries(${name} PRIVATE costudio_warnings)
    # Beside it stands the script that the page loads it with.
    string(REPLACE "costudio_" "" script "${name}.js")
    add_custom_command(
        TARGET ${name}
        POST_BUILD
        COMMAND "${CMAKE_COMMAND}" -E copy_if_different "${CMAKE_CURRENT_SOURCE_DIR}/${script}" "${modules}/${script}"
        VERBATIM)
    set_property(TARGET ${name} APPEND PROPERTY LINK_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/${script}")
endfunction()
file(WRITE "${modules}/package.json" "{\"type\": \"module\"}\n") # so that node takes them for what they are

add_library(costudio_fmt STATIC fmt.cpp)
target_link_libraries(costudio_fmt PUBLIC costudio_headers)
