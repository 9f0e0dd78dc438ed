# The libraries that costudio stands on. Each is a Debian package of cmake/packages.txt; where one is missing,
# the error of find_package names it.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(Boost 1.74 COMPONENTS context)
find_package(CLI11 REQUIRED)
find_package(doctest REQUIRED)
find_package(fmt REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(OpenGL REQUIRED)
find_package(SDL2 REQUIRED)
find_package(spdlog REQUIRED)
find_package(yaml-cpp REQUIRED)

pkg_check_modules(lua REQUIRED IMPORTED_TARGET lua5.4-c++)
# md4c's own CMake file asks for its HTML library too, which is another package.
pkg_check_modules(md4c REQUIRED IMPORTED_TARGET md4c)
pkg_check_modules(imgui REQUIRED IMPORTED_TARGET imgui)
