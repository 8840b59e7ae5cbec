#include <gtest/gtest.h>

#include "tests/architecture/source_tree.h"

namespace heed::architecture {
namespace {

TEST(SharedData, is_found_in_one_way_so_that_tests_without_it_are_counted) {
  int needed = 0;
  for (const auto& file : sources("tests")) {
    const std::string text = content(file);
    needed += text.find("tests/support/shared_data.h\"") != std::string::npos;
    if (file.filename() == "shared_data.h" || file.filename() == "shared_data_test.cc") continue;
    EXPECT_EQ(text.find("shared/data"), std::string::npos) << file << ": take tests/support/shared_data.h";
  }
  EXPECT_GT(needed, 5);
}

}  // namespace
}  // namespace heed::architecture
