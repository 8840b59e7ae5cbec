# heed_precompiled(NAME HEADERS HEADER... USES LIBRARY...): headers that are read once a build, for
#   target_precompile_headers(TARGET REUSE_FROM NAME)
# of targets that use these libraries. They are other people's headers alone: were there one of ours among them, each change
# of it would build everything again. Sources still include what they use; -D CMAKE_DISABLE_PRECOMPILE_HEADERS=ON shows
# where one does not.
function(heed_precompiled name)
  cmake_parse_arguments(ARG "" "" "HEADERS;USES" ${ARGN})
  file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/${name}.cc CONTENT "\n")  # a target needs a source
  add_library(${name} OBJECT ${CMAKE_CURRENT_BINARY_DIR}/${name}.cc)
  target_precompile_headers(${name} PRIVATE ${ARG_HEADERS})
  target_link_libraries(${name} PRIVATE ${ARG_USES})
  heed_warnings(${name} PRIVATE)  # g++ takes -Wpedantic for another language, and would not use the result
endfunction()

# What takes longest to read of what most sources include. JSON and Unicode are not among them: each source that has read
# nlohmann/json.hpp instantiates its parser, precompiled or not, which takes longer than most sources do.
set(HEED_PRECOMPILED_HEADERS
    <algorithm> <array> <charconv> <chrono> <cmath> <cstdint> <cstring> <filesystem> <fstream> <functional> <iostream>
    <limits> <map> <memory> <mutex> <numeric> <optional> <ranges> <set> <span> <sstream> <string> <string_view>
    <unordered_map> <unordered_set> <utility> <variant> <vector>
    <fmt/format.h>)
