# The core's own tests over the browser's way of switching, in node; every stack overflow is caught.
file(GLOB test_sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/tests/core/*.cpp")
# Server and clients make no new demand on switching, and their tests take longer than all others together.
list(FILTER test_sources EXCLUDE REGEX "/(client|dispatch|http|plain_array|pool|relay|scoreboard|served|server|task_book)[a-z_]*\\.cpp$")
add_executable(test_core_wasm test_main.cpp ${test_sources} $<TARGET_OBJECTS:costudio_context>)
file(GLOB kernel_tests "${PROJECT_SOURCE_DIR}/tests/core/kernel_*_test.cpp") # named by their line
set_source_files_properties(${kernel_tests} test_main.cpp PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
costudio_compile_together(test_core_wasm)
target_include_directories(test_core_wasm PRIVATE "${PROJECT_SOURCE_DIR}")
target_compile_options(test_core_wasm PRIVATE -O1)
target_link_options(test_core_wasm PRIVATE -O1 -sASYNCIFY -sSTACK_OVERFLOW_CHECK=2 -sALLOW_MEMORY_GROWTH
                    -sMAXIMUM_MEMORY=2GB -sENVIRONMENT=node -sEXIT_RUNTIME)
target_link_libraries(test_core_wasm PRIVATE costudio_core costudio_headers costudio_warnings)
set_target_properties(test_core_wasm PROPERTIES SUFFIX ".cjs")

find_program(COSTUDIO_NODE NAMES node nodejs REQUIRED DOC "runs the tests of the browser's modules")
# Two tests of many random programs take longer than all others together: they run beside these.
set(random_ones "random programs:*,machine: over 100 seeds*")
set(run_core "${COSTUDIO_NODE}" --no-experimental-fetch # which the module would try on its own file
             "$<TARGET_FILE:test_core_wasm>")
add_test(NAME "wasm: the core's tests over Emscripten's fibers" COMMAND ${run_core} "-tce=${random_ones}")
add_test(NAME "wasm: the core's random programs over Emscripten's fibers" COMMAND ${run_core} "-tc=${random_ones}")
add_test(NAME "wasm: every lesson leaves the same trace as natively"
         COMMAND "${COSTUDIO_NODE}" "${PROJECT_SOURCE_DIR}/tests/wasm/lessons.mjs" "${modules}"
                 "${PROJECT_SOURCE_DIR}/build/dev/costudio" "${PROJECT_SOURCE_DIR}/build/release/costudio")
set_tests_properties("wasm: every lesson leaves the same trace as natively" PROPERTIES SKIP_REGULAR_EXPRESSION "^skipped:")
