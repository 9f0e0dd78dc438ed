# The run module: core, simulated machine, Lua and the lessons' host over fibers.
add_library(costudio_context OBJECT context_emscripten.cpp stack.cpp)
target_link_libraries(costudio_context PRIVATE costudio_core costudio_warnings)

# Lua compiled as C++: only so does an error pass through our own frames (studio design, toolchain).
set(lua_sources
    lapi lauxlib lbaselib lcode lcorolib lctype ldblib ldebug ldo ldump lfunc lgc linit liolib llex lmathlib lmem loadlib
    lobject lopcodes loslib lparser lstate lstring lstrlib ltable ltablib ltm lundump lutf8lib lvm lzio)
list(TRANSFORM lua_sources PREPEND "${COSTUDIO_LUA}/src/")
list(TRANSFORM lua_sources APPEND ".c")
set_source_files_properties(${lua_sources} PROPERTIES LANGUAGE CXX)
add_library(costudio_lua STATIC ${lua_sources})
# The browser's own stack is small: 200 nested C calls, Lua's limit, do not fit.
target_compile_definitions(costudio_lua PRIVATE LUAI_MAXCCALLS=100)
target_include_directories(costudio_lua SYSTEM PUBLIC "${COSTUDIO_LUA}/src")

# Of the lesson format, the host needs no reader: a script comes as it is.
file(GLOB host_sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/lessons/host/*.cpp")
set(format_sources schedule suggest text_lines)
list(TRANSFORM format_sources PREPEND "${PROJECT_SOURCE_DIR}/lessons/format/")
list(TRANSFORM format_sources APPEND ".cpp")
add_library(costudio_host STATIC ${host_sources} ${format_sources})
target_include_directories(costudio_host PUBLIC "${PROJECT_SOURCE_DIR}")
target_link_libraries(costudio_host PUBLIC costudio_core costudio_lua costudio_headers PRIVATE costudio_warnings)

# What never switches coroutines need not be able to: Asyncify leaves it alone. Nothing below these may wait.
set(never_switches
    "printf_core" "fmt_fp" "pop_arg" "__vfprintf_internal" "vsnprintf" "vfprintf" "vfiprintf" "__small_*" "iprintf"
    "dlmalloc" "dlfree" "dlrealloc" "tmalloc_*" "sn_write" "memcpy" "memset" "memmove" "strtox*" "*floatscan*"
    "std::__2::to_chars*" "fmt::v9::*" "co::trace::*")

set(modules "${PROJECT_BINARY_DIR}/modules")
# module(NAME): what both have in common.
function(module name)
    set_target_properties(${name} PROPERTIES SUFFIX ".js" RUNTIME_OUTPUT_DIRECTORY "${modules}")
    target_link_options(
        ${name}
        PRIVATE
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
endfunction()

add_executable(costudio_run run.cpp $<TARGET_OBJECTS:costudio_context>)
module(costudio_run)
list(JOIN never_switches "," never_switches)
target_link_options(
    costudio_run
    PRIVATE
    -sASYNCIFY
    # "-sASYNCIFY_REMOVE=${never_switches}"
    -sSTACK_OVERFLOW_CHECK=2
    -sMAXIMUM_MEMORY=2GB)
target_link_libraries(costudio_run PRIVATE costudio_host)
