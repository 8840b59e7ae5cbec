#include <gtest/gtest.h>

#include <regex>

#include "tests/architecture/source_tree.h"

namespace heed::architecture {
namespace {

/// Every folder with all that it may include, directly or not, itself too.
Layers reachable_layers() {
  Layers may;
  const auto [layers, order] = declared_layers();
  for (const std::string& folder : order) {
    std::set<std::string> reachable{folder};
    for (const std::string& below : layers.at(folder)) {
      EXPECT_TRUE(may.contains(below))
          << folder << " depends on " << below << ", declared after it or not at all";
      reachable.insert(may[below].begin(), may[below].end());
    }
    may[folder] = reachable;
  }
  return may;
}

TEST(Layers, no_folder_includes_what_stands_above_it) {
  const Layers may = reachable_layers();
  ASSERT_GT(may.size(), 10u);
  const std::regex include(R"(#include "heed/([a-z_/]+)/[a-z0-9_]+\.h")");
  int checked = 0;
  for (const std::filesystem::path& file : sources("heed")) {
    const std::string folder = std::filesystem::relative(file.parent_path(), root / "heed").string();
    ASSERT_TRUE(may.contains(folder))
        << file << " lies in a folder that heed/CMakeLists.txt does not declare";
    const std::string text = content(file);
    for (std::sregex_iterator match(text.begin(), text.end(), include), end; match != end; ++match, ++checked)
      EXPECT_TRUE(may.at(folder).contains((*match)[1]))
          << file << " includes heed/" << (*match)[1] << ", which " << folder << " may not depend on";
  }
  EXPECT_GT(checked, 20);
}

}  // namespace
}  // namespace heed::architecture
