# The view module: model, layout and windows on a WebGL canvas. It runs nothing, so it has neither fibers nor Lua.
add_library(costudio_imgui STATIC "${COSTUDIO_IMGUI}/imgui.cpp" "${COSTUDIO_IMGUI}/imgui_draw.cpp"
                                  "${COSTUDIO_IMGUI}/imgui_tables.cpp" "${COSTUDIO_IMGUI}/imgui_widgets.cpp"
                                  "${COSTUDIO_IMGUI}/backends/imgui_impl_opengl3.cpp")
target_include_directories(costudio_imgui SYSTEM PUBLIC "${COSTUDIO_IMGUI}")
target_compile_definitions(
    costudio_imgui PUBLIC IMGUI_IMPL_OPENGL_ES3 IMGUI_DISABLE_FILE_FUNCTIONS IMGUI_DISABLE_DEFAULT_SHELL_FUNCTIONS
                          IMGUI_DISABLE_DEMO_WINDOWS IMGUI_DISABLE_METRICS_WINDOW)

# The same files as natively, but for what is made for files, a desktop or a terminal.
file(
    GLOB view_sources CONFIGURE_DEPENDS
    "${PROJECT_SOURCE_DIR}/visualizer/*.cpp" "${PROJECT_SOURCE_DIR}/visualizer/model/*.cpp"
    "${PROJECT_SOURCE_DIR}/visualizer/layout/*.cpp" "${PROJECT_SOURCE_DIR}/visualizer/windows/*.cpp"
    "${PROJECT_SOURCE_DIR}/visualizer/theme/*.cpp" "${PROJECT_SOURCE_DIR}/visualizer/platform/*_browser.cpp"
    "${PROJECT_SOURCE_DIR}/visualizer/export/*.cpp")
list(FILTER view_sources EXCLUDE REGEX "/(app|file_workshop|trace_file|font_files)\\.cpp$")
set(format_sources condition goal lesson_json schedule text_lines)
list(TRANSFORM format_sources PREPEND "${PROJECT_SOURCE_DIR}/lessons/format/")
list(TRANSFORM format_sources APPEND ".cpp")
add_library(costudio_view_parts STATIC ${view_sources} ${format_sources}
                                       "${PROJECT_SOURCE_DIR}/lessons/host/saved_run.cpp")
target_include_directories(costudio_view_parts PUBLIC "${PROJECT_SOURCE_DIR}")
target_link_libraries(costudio_view_parts PUBLIC costudio_core costudio_imgui costudio_fmt PRIVATE costudio_warnings)
costudio_read_headers_once(costudio_view_parts ${COSTUDIO_VIEW_HEADERS})
costudio_compile_folders_together(costudio_view_parts lessons/format visualizer visualizer/layout visualizer/model
                                  visualizer/export visualizer/windows visualizer/theme)

add_executable(costudio_view view.cpp page.cpp page_workshop.cpp)
module(costudio_view)
target_link_options(costudio_view PRIVATE -sMIN_WEBGL_VERSION=2 -sMAX_WEBGL_VERSION=2 -sEXPORTED_RUNTIME_METHODS=GL
                    -sMAXIMUM_MEMORY=2GB)
target_link_libraries(costudio_view PRIVATE costudio_view_parts)
