# Run by heed_embed: writes OUTPUT, a source file that holds WEB/PAGE.html with its parts from WEB/PAGE/ put in, and
# those of WEB/common/ that it names.
file(READ ${WEB}/${PAGE}.html content)
file(GLOB common RELATIVE ${WEB}/common ${WEB}/common/*)
foreach(part ${common})
  file(READ ${WEB}/common/${part} text)
  string(REPLACE "{{${part}}}" "${text}" content "${content}")
endforeach()
file(GLOB parts RELATIVE ${WEB}/${PAGE} ${WEB}/${PAGE}/*)
list(REMOVE_ITEM parts README.md)
foreach(part ${parts})
  string(FIND "${content}" "{{${part}}}" place)
  if(place EQUAL -1)
    message(FATAL_ERROR "web/${PAGE}/${part} is not used: write {{${part}}} into web/${PAGE}.html or remove the file")
  endif()
  file(READ ${WEB}/${PAGE}/${part} text)
  string(REPLACE "{{${part}}}" "${text}" content "${content}")
endforeach()
if(content MATCHES "{{([a-z_]+[.][a-z]+)}}")
  message(FATAL_ERROR "web/${PAGE}.html names {{${CMAKE_MATCH_1}}}, but there is no web/${PAGE}/${CMAKE_MATCH_1}, nor one in web/common/")
endif()
string(FIND "${content}" ")heed_page\"" place)
if(NOT place EQUAL -1)
  message(FATAL_ERROR "web/${PAGE}.html holds the end mark of the literal it is put into: )heed_page\"")
endif()
file(WRITE ${OUTPUT} "#include <string_view>

namespace heed::web {

extern const std::string_view ${PAGE}_html;
const std::string_view ${PAGE}_html = R\"heed_page(${content})heed_page\";

}  // namespace heed::web
")
