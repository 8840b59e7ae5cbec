# heed_embed(FOLDER PAGE): puts web/PAGE.html, with the files of web/PAGE/ and web/common/ that it names as {{FILE}}, into heed/FOLDER's
# library as the std::string_view heed::web::PAGE_html, whole pages being read at build time and never at run time.
set(HEED_EMBED_SCRIPT ${CMAKE_CURRENT_LIST_DIR}/embed_page.cmake)

function(heed_embed folder page)
  string(REPLACE "/" "_" name ${folder})
  set(web ${PROJECT_SOURCE_DIR}/web)
  set(output ${CMAKE_CURRENT_BINARY_DIR}/web/${page}_html.cc)
  file(GLOB parts CONFIGURE_DEPENDS ${web}/${page}/* ${web}/common/*)
  add_custom_command(
    OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -D WEB=${web} -D PAGE=${page} -D OUTPUT=${output} -P ${HEED_EMBED_SCRIPT}
    DEPENDS ${web}/${page}.html ${parts} ${HEED_EMBED_SCRIPT}
    COMMENT "Embedding web/${page}.html"
    VERBATIM)
  target_sources(heed_${name} PRIVATE ${output})
endfunction()

# heed_embed_text(FOLDER NAME FILE): puts a file of the project into heed/FOLDER's library as heed::web::NAME.
function(heed_embed_text folder name file)
  string(REPLACE "/" "_" library ${folder})
  set(input ${PROJECT_SOURCE_DIR}/${file})
  set(output ${CMAKE_CURRENT_BINARY_DIR}/web/${name}.cc)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${input})
  file(READ ${input} content)
  file(CONFIGURE OUTPUT ${output} CONTENT "#include <string_view>

namespace heed::web {

extern const std::string_view ${name};
const std::string_view ${name} = R\"heed_text(@content@)heed_text\";

}  // namespace heed::web
" @ONLY)
  target_sources(heed_${library} PRIVATE ${output})
endfunction()
