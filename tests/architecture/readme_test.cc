#include <gtest/gtest.h>

#include "tests/architecture/source_tree.h"

namespace heed::architecture {
namespace {

TEST(Readme, stands_in_every_folder_that_holds_files) {
  for (const char* top : {"heed", "tests", "tools", "web", "benchmarks"})
    for (const std::string& folder : folders_with_files(top)) {
      // Every file there is an input of a fuzzer; tests/fuzz/README.md speaks of them.
      if (folder.starts_with("tests/fuzz/corpus")) continue;
      const std::filesystem::path readme = root / folder / "README.md";
      EXPECT_TRUE(std::filesystem::exists(readme))
          << folder << " has no README.md: say why the folder exists";
    }
}

}  // namespace
}  // namespace heed::architecture
