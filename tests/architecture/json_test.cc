#include <gtest/gtest.h>

#include "tests/architecture/source_tree.h"

namespace heed::architecture {
namespace {

TEST(Json, is_made_into_text_where_any_bytes_are_borne) {
  int files = 0;
  for (const char* folder : {"heed", "cli"})
    for (const auto& file : sources(folder)) {
      if (file.filename() == "json_text.cc") continue;
      ++files;
      EXPECT_EQ(code_of(content(file)).find(".dump("), std::string::npos)
          << file << ": a file name that is no UTF-8 would end the program: take text_of_json";
    }
  EXPECT_GT(files, 300);
}

}  // namespace
}  // namespace heed::architecture
