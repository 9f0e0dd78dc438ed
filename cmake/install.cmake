# cmake --install, in two components that can be had alone:
#   runtime  the library, its headers, and what find_package and pkg-config look for
#   studio   the program and its lessons
# Nothing installed holds an absolute path, so the folder may be moved.
include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

file(GLOB COSTUDIO_PUBLIC_HEADERS CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/core/co/*.h"
     "${PROJECT_SOURCE_DIR}/core/*/co/*.h" "${PROJECT_SOURCE_DIR}/native/co/*.h")
set(package_folder "${CMAKE_INSTALL_LIBDIR}/cmake/costudio")
set(pkgconfig_folder "${CMAKE_INSTALL_LIBDIR}/pkgconfig")

# -- the runtime ------------------------------------------------------------------------------------------------
install(
    TARGETS costudio_runtime
    EXPORT costudio
    ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT runtime
    INCLUDES DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
install(FILES ${COSTUDIO_PUBLIC_HEADERS} DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/co" COMPONENT runtime)
install(FILES "${PROJECT_SOURCE_DIR}/LICENSE" DESTINATION "${CMAKE_INSTALL_DOCDIR}" COMPONENT runtime)

# find_package(costudio)
set(COSTUDIO_NEEDS_BOOST OFF)
set(COSTUDIO_PC_LIBRARIES "-lcostudio -pthread")
if(COSTUDIO_CONTEXT STREQUAL "fcontext")
    set(COSTUDIO_NEEDS_BOOST ON)
    set(COSTUDIO_PC_LIBRARIES "-lcostudio -lboost_context -pthread")
endif()
configure_package_config_file("${CMAKE_CURRENT_LIST_DIR}/costudio-config.cmake.in"
                              "${PROJECT_BINARY_DIR}/cmake/costudio-config.cmake" INSTALL_DESTINATION
                              "${package_folder}")
# While the version is 0.x, a new minor version may ask for changes in programs.
write_basic_package_version_file("${PROJECT_BINARY_DIR}/cmake/costudio-config-version.cmake"
                                 COMPATIBILITY SameMinorVersion)
install(
    FILES "${PROJECT_BINARY_DIR}/cmake/costudio-config.cmake" "${PROJECT_BINARY_DIR}/cmake/costudio-config-version.cmake"
    DESTINATION "${package_folder}"
    COMPONENT runtime)
install(
    EXPORT costudio
    NAMESPACE costudio::
    FILE costudio-targets.cmake
    DESTINATION "${package_folder}"
    COMPONENT runtime)

# pkg-config costudio
file(RELATIVE_PATH COSTUDIO_PC_PREFIX "/prefix/${pkgconfig_folder}" "/prefix")
configure_file("${CMAKE_CURRENT_LIST_DIR}/costudio.pc.in" "${PROJECT_BINARY_DIR}/cmake/costudio.pc" @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/cmake/costudio.pc" DESTINATION "${pkgconfig_folder}" COMPONENT runtime)

# -- the studio -------------------------------------------------------------------------------------------------
if(TARGET costudio)
    install(TARGETS costudio RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}" COMPONENT studio)
    install(DIRECTORY "${PROJECT_SOURCE_DIR}/lessons/scripts/" DESTINATION "${CMAKE_INSTALL_DATADIR}/costudio/lessons"
            COMPONENT studio)
endif()
