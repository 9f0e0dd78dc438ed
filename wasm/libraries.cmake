# Where the libraries' sources come from: the packages of the same Debian as natively, unpacked by cmake/wasm_sources;
# elsewhere what their authors published, pinned by hash. LUA_SRC and IMGUI_SRC name folders of your own instead.
set(LUA_SRC "" CACHE PATH "Sources of Lua 5.4 (the folder with lua.h in src/); empty: fetched")
set(IMGUI_SRC "" CACHE PATH "Sources of Dear ImGui (the folder with imgui.cpp); empty: fetched")

set(fetched "${PROJECT_BINARY_DIR}/sources")
find_program(COSTUDIO_APT_GET apt-get DOC "Debian's package manager: fetches sources")
if(NOT LUA_SRC OR NOT IMGUI_SRC)
    if(COSTUDIO_APT_GET)
        execute_process(COMMAND "${PROJECT_SOURCE_DIR}/cmake/wasm_sources" "${fetched}" RESULT_VARIABLE failed)
        if(failed)
            message(FATAL_ERROR "The sources of Dear ImGui and Lua can't be had; the reason stands above. "
                                "They may also be given: -DIMGUI_SRC=FOLDER -DLUA_SRC=FOLDER")
        endif()
    else()
        # Lua's hash is also that of Debian's lua5.4_5.4.4.orig.tar.gz. Dear ImGui's is that of
        # `git archive --prefix=imgui-1.86/ v1.86 | gzip -n`, which is what GitHub serves; Debian's is packed anew, but
        # every file that is compiled here is the same.
        include(FetchContent)
        FetchContent_Declare(
            lua URL https://www.lua.org/ftp/lua-5.4.4.tar.gz
            URL_HASH SHA256=164c7849653b80ae67bec4b7473b884bf5cc8d2dca05653475ec2ed27b9ebf61 SOURCE_DIR "${fetched}/lua")
        FetchContent_Declare(
            imgui URL https://github.com/ocornut/imgui/archive/refs/tags/v1.86.tar.gz
            URL_HASH SHA256=6ba6ae8425a19bc52c5e067702c48b70e4403cd339cba02073a462730a63e825
            SOURCE_DIR "${fetched}/imgui")
        FetchContent_MakeAvailable(lua imgui)
    endif()
endif()
set(COSTUDIO_LUA "${fetched}/lua")
if(LUA_SRC)
    set(COSTUDIO_LUA "${LUA_SRC}")
endif()
set(COSTUDIO_IMGUI "${fetched}/imgui")
if(IMGUI_SRC)
    set(COSTUDIO_IMGUI "${IMGUI_SRC}")
endif()

# Header-only libraries: links to them alone, because /usr/include itself holds this machine's C library.
add_library(costudio_headers INTERFACE)
foreach(library fmt nlohmann doctest)
    find_path(
        place "${library}"
        NO_CACHE
        PATHS /usr/include /usr/local/include NO_DEFAULT_PATH NO_CMAKE_FIND_ROOT_PATH)
    if(NOT place)
        message(FATAL_ERROR "The headers of ${library} are missing; cmake/packages.txt says which package brings them.")
    endif()
    file(MAKE_DIRECTORY "${PROJECT_BINARY_DIR}/include")
    file(CREATE_LINK "${place}/${library}" "${PROJECT_BINARY_DIR}/include/${library}" SYMBOLIC)
    unset(place)
endforeach()
target_include_directories(costudio_headers SYSTEM INTERFACE "${PROJECT_BINARY_DIR}/include")
# Without it fmt brings all of the C++ library's locales.
target_compile_definitions(costudio_headers INTERFACE "FMT_STATIC_THOUSANDS_SEPARATOR=','")
