#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>

namespace {

using Graph = std::map<std::string, std::set<std::string>>;
const std::filesystem::path root = HEED_SOURCE_DIR;

std::string content(const std::filesystem::path& path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Every folder with all that heed/CMakeLists.txt lets it include, directly or not, itself too.
Graph declared_layers() {
  Graph may;
  const std::string text = content(root / "heed/CMakeLists.txt");
  const std::regex declaration(R"(heed_library\(([^)]*)\))");
  for (std::sregex_iterator match(text.begin(), text.end(), declaration), end; match != end; ++match) {
    std::istringstream words((*match)[1]);
    std::string folder, word, mode;
    words >> folder;
    std::set<std::string> reachable{folder};
    while (words >> word) {
      if (word == "DEPENDS" || word == "USES") {
        mode = word;
      } else if (mode == "DEPENDS") {
        EXPECT_TRUE(may.contains(word))
            << folder << " depends on " << word << ", declared after it or not at all";
        reachable.insert(may[word].begin(), may[word].end());
      }
    }
    may[folder] = reachable;
  }
  return may;
}

TEST(Layers, no_folder_includes_what_stands_above_it) {
  const Graph may = declared_layers();
  ASSERT_GT(may.size(), 10u);
  const std::regex include(R"(#include "heed/([a-z_/]+)/[a-z0-9_]+\.h")");
  int checked = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root / "heed")) {
    if (entry.path().extension() != ".h" && entry.path().extension() != ".cc") continue;
    const std::string folder = std::filesystem::relative(entry.path().parent_path(), root / "heed").string();
    ASSERT_TRUE(may.contains(folder))
        << entry.path() << " lies in a folder that heed/CMakeLists.txt does not declare";
    const std::string text = content(entry.path());
    for (std::sregex_iterator match(text.begin(), text.end(), include), end; match != end; ++match, ++checked)
      EXPECT_TRUE(may.at(folder).contains((*match)[1]))
          << entry.path() << " includes heed/" << (*match)[1] << ", which " << folder << " may not depend on";
  }
  EXPECT_GT(checked, 20);
}

}  // namespace
