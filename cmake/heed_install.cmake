# What `cmake --install` and packages hold: the program, the library of those who put heed into a program of their own, man
# pages and completion. Components: program, development.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

# What programs that use heed include; install_headers.cmake adds what these include in turn.
set(HEED_PUBLIC_HEADERS
    heed/backend/cpu/cpu_backend.h heed/base/error.h heed/base/version.h heed/service/attention_report.h
    heed/service/generator.h heed/service/open_classifier.h heed/service/open_predictor.h heed/service/translator.h)
# The folders of heed/ that these come from: the library holds them, and what they depend on.
set(HEED_PUBLIC_FOLDERS backend/cpu service)

# heed_reachable(RESULT FOLDER...): the folders and all that they depend on.
function(heed_reachable result)
  set(found)
  set(left ${ARGN})
  while(left)
    list(POP_FRONT left folder)
    if(NOT folder IN_LIST found)
      list(APPEND found ${folder})
      get_property(depends GLOBAL PROPERTY HEED_DEPENDS_${folder})
      list(APPEND left ${depends})
    endif()
  endwhile()
  set(${result} ${found} PARENT_SCOPE)
endfunction()

# The library as one file, libheed.a, of the objects of its folders.
heed_reachable(folders ${HEED_PUBLIC_FOLDERS})
set(objects)
set(uses)
foreach(folder ${folders})
  string(REPLACE "/" "_" name heed_${folder})
  get_target_property(type ${name} TYPE)
  if(type STREQUAL STATIC_LIBRARY)
    list(APPEND objects $<TARGET_OBJECTS:${name}>)
  endif()
  get_property(used GLOBAL PROPERTY HEED_USES_${folder})
  foreach(library ${used})
    # By name where the linker finds it by name, so that the package does not depend on where it lay here.
    cmake_path(GET library PARENT_PATH where)
    if(IS_ABSOLUTE "${library}" AND where IN_LIST CMAKE_CXX_IMPLICIT_LINK_DIRECTORIES)
      cmake_path(GET library STEM library)
      string(REGEX REPLACE "^lib" "" library ${library})
    endif()
    list(APPEND uses ${library})
  endforeach()
endforeach()
list(REMOVE_DUPLICATES uses)
add_library(libheed STATIC ${objects})
add_library(heed::heed ALIAS libheed)
set_target_properties(libheed PROPERTIES OUTPUT_NAME heed EXPORT_NAME heed LINKER_LANGUAGE CXX
                                         ARCHIVE_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/library)
target_compile_features(libheed PUBLIC cxx_std_20)
target_include_directories(libheed PUBLIC $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>
                                          $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
target_link_libraries(libheed PRIVATE ${uses} PUBLIC nlohmann_json::nlohmann_json)

install(TARGETS heed RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT program)
install(TARGETS libheed EXPORT heedTargets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development)
set(config_folder ${CMAKE_INSTALL_LIBDIR}/cmake/heed)
install(EXPORT heedTargets NAMESPACE heed:: DESTINATION ${config_folder} COMPONENT development)
set(HEED_FIND_DEPENDENCIES)
foreach(package ${HEED_LIBRARY_PACKAGES})
  string(APPEND HEED_FIND_DEPENDENCIES "find_dependency(${package})\n")
endforeach()
configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/heedConfig.cmake.in ${PROJECT_BINARY_DIR}/heedConfig.cmake
                              INSTALL_DESTINATION ${config_folder})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/heedConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/heedConfig.cmake ${PROJECT_BINARY_DIR}/heedConfigVersion.cmake
        DESTINATION ${config_folder} COMPONENT development)
# When it is installed, not when it is configured: headers may include others by then.
install(CODE "set(HEED_SOURCE \"${PROJECT_SOURCE_DIR}\")
set(HEED_PUBLIC_HEADERS ${HEED_PUBLIC_HEADERS})
set(HEED_INCLUDE_FOLDER ${CMAKE_INSTALL_INCLUDEDIR})" COMPONENT development)
install(SCRIPT ${CMAKE_CURRENT_LIST_DIR}/install_headers.cmake COMPONENT development)

# Made by the build from the commands themselves, see cli/manual.
set(manual ${PROJECT_BINARY_DIR}/manual)
add_custom_command(
  OUTPUT ${manual}/made
  COMMAND write_manual ${manual}
  COMMAND ${CMAKE_COMMAND} -E chdir ${manual} sh -c "gzip -9n man/*.1"
  COMMAND ${CMAKE_COMMAND} -E touch ${manual}/made
  DEPENDS write_manual
  COMMENT "Writing man pages and completion"
  VERBATIM)
add_custom_target(manual ALL DEPENDS ${manual}/made)
install(DIRECTORY ${manual}/man/ DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT program)
install(FILES ${manual}/completion/heed DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions COMPONENT program)
install(FILES ${manual}/completion/heed.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d
        COMPONENT program)
# Debian's zsh looks for what packages bring in a folder of its own.
install(CODE "set(folder ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
if(CMAKE_INSTALL_PREFIX MATCHES \"(^|/)usr/?$\")
  set(folder ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions)
endif()
file(INSTALL \"${manual}/completion/_heed\" DESTINATION \"\${CMAKE_INSTALL_PREFIX}/\${folder}\")" COMPONENT program)
