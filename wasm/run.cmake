# The run module: core, simulated machine, Lua and the lessons' host over fibers.
add_library(costudio_context OBJECT context_emscripten.cpp no_machine.cpp stack.cpp)
target_link_libraries(costudio_context PRIVATE costudio_core costudio_warnings)

# Lua compiled as C++: only so does an error pass through our own frames (studio design, toolchain). Its libraries for
# a real machine stay out (no_libraries.cpp).
set(lua_sources
    lapi lauxlib lbaselib lcode lcorolib lctype ldebug ldo ldump lfunc lgc llex lmathlib lmem lobject lopcodes lparser
    lstate lstring lstrlib ltable ltablib ltm lundump lutf8lib lvm lzio)
list(TRANSFORM lua_sources PREPEND "${COSTUDIO_LUA}/src/")
list(TRANSFORM lua_sources APPEND ".c")
set_source_files_properties(${lua_sources} PROPERTIES LANGUAGE CXX)
add_library(costudio_lua STATIC ${lua_sources} no_libraries.cpp)
# The browser's own call stack is small: 200 nested C calls, Lua's limit, do not fit; and with a jump table instead of a
# switch, each of them would take 18 KiB of it, ten times as much.
target_compile_definitions(costudio_lua PRIVATE LUAI_MAXCCALLS=100 LUA_USE_JUMPTABLE=0)
target_include_directories(costudio_lua SYSTEM PUBLIC "${COSTUDIO_LUA}/src")

# Of the lesson format, the host needs no reader: a script comes as it is.
file(GLOB host_sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/lessons/host/*.cpp")
list(FILTER host_sources EXCLUDE REGEX "/bind_http\\.cpp$")
list(APPEND host_sources no_http.cpp)
set(format_sources schedule text_lines)
list(TRANSFORM format_sources PREPEND "${PROJECT_SOURCE_DIR}/lessons/format/")
list(TRANSFORM format_sources APPEND ".cpp")
add_library(costudio_host STATIC ${host_sources} ${format_sources})
target_include_directories(costudio_host PUBLIC "${PROJECT_SOURCE_DIR}")
target_link_libraries(costudio_host PUBLIC costudio_core costudio_lua costudio_fmt PRIVATE costudio_warnings)

costudio_read_headers_once(costudio_host ${COSTUDIO_HOST_HEADERS})

# What never switches coroutines need not be able to: Asyncify leaves the functions in never_switches.txt alone, and the
# module becomes a sixth smaller. Nothing below one of them may wait. Lua's own are not among them: wherever an error may
# arise, a script's xpcall may have a handler that waits.
add_executable(costudio_run run.cpp $<TARGET_OBJECTS:costudio_context>)
module(costudio_run)
target_link_options(
    costudio_run
    PRIVATE
    -sASYNCIFY
    "-sASYNCIFY_REMOVE=@${CMAKE_CURRENT_SOURCE_DIR}/never_switches.txt"
    -sSTACK_OVERFLOW_CHECK=2
    -sMAXIMUM_MEMORY=2GB)
target_link_libraries(costudio_run PRIVATE costudio_host)
set_property(TARGET costudio_run APPEND PROPERTY LINK_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/never_switches.txt")
