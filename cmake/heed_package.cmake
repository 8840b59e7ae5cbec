# Debian packages, made by `cpack` in the build folder: heed, the program, and libheed-dev, the library.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME heed)
set(CPACK_PACKAGE_VENDOR "heed maintainers")
set(CPACK_PACKAGE_CONTACT "heed maintainers <maintainers@users.noreply.b-seed-dd8e4a0d.example>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_ALL program development)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ
                                                WORLD_EXECUTE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)

set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME heed)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SHLIBDEPS ON)
set(CPACK_COMPONENT_PROGRAM_DESCRIPTION
    "train and run Transformers, and look inside them
heed takes you from raw parallel text to a trained translator with its
attention laid open, on your own machine. It also trains language models and
classifiers, measures, scores and quantizes them. No Python is needed.")

set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME libheed-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
file(STRINGS ${PROJECT_SOURCE_DIR}/packages.txt packages REGEX "^[^#].* library$")
list(TRANSFORM packages REPLACE " .*" "")
list(JOIN packages ", " CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS)
set(CPACK_COMPONENT_DEVELOPMENT_DESCRIPTION
    "library that runs the models of heed
Translators, language models and classifiers that heed has trained, for C++
programs: headers, a static library and a CMake package.")

# What Debian's policy asks of every package.
set(documents ${PROJECT_BINARY_DIR}/documents)
add_custom_command(
  OUTPUT ${documents}/changelog.gz
  COMMAND ${CMAKE_COMMAND} -E make_directory ${documents}
  COMMAND sh -c "gzip -9n < ${PROJECT_SOURCE_DIR}/cmake/debian/changelog > ${documents}/changelog.gz"
  DEPENDS ${PROJECT_SOURCE_DIR}/cmake/debian/changelog
  VERBATIM)
add_custom_target(documents ALL DEPENDS ${documents}/changelog.gz)
foreach(package program:heed development:libheed-dev)
  string(REPLACE ":" ";" package ${package})
  list(GET package 0 component)
  list(GET package 1 name)
  install(FILES ${documents}/changelog.gz ${PROJECT_SOURCE_DIR}/cmake/debian/copyright
          DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/${name} COMPONENT ${component})
endforeach()
include(CPack)
