#include <nlohmann/json.hpp>

#include "tests/corpus/formats/format_reading.h"

namespace heed {
namespace {

using Cases = std::vector<std::pair<std::string, std::string>>;

/// Files that other programs wrote, and what they read in them (tools/make_translation_files_golden.py).
class GoldenFiles : public Reading, public testing::WithParamInterface<const char*> {
 protected:
  const std::filesystem::path golden_ =
      std::filesystem::path(HEED_SOURCE_DIR) / "tests/golden/translation_files";
  const nlohmann::json expected_ = nlohmann::json::parse(read_file(golden_ / "expected.json")).at(GetParam());
};

TEST_P(GoldenFiles, give_the_pairs_that_others_read_and_as_many_entries) {
  EXPECT_EQ(read(golden_ / GetParam()), expected_.at("pairs").get<Pairs>());
  EXPECT_EQ(report.read, expected_.at("entries").get<Index>());
}

TEST_P(GoldenFiles, count_all_entries_whatever_is_asked_for) {
  for (const auto& [source, target] : Cases{{"en", "fr"}, {"de", "en"}, {"fr", "es"}})
    for (const bool any_status : {false, true}) {
      options.source_language = source;
      options.target_language = target;
      options.any_status = any_status;
      read(golden_ / GetParam());
      EXPECT_EQ(report.read, expected_.at("entries").get<Index>())
          << source << ' ' << target << ' ' << any_status;
    }
}

INSTANTIATE_TEST_SUITE_P(OfAllFormats, GoldenFiles,
                         testing::Values("catalog.po", "catalog.mo", "memory.tmx", "version1.xlf",
                                         "messages.ts"));

}  // namespace
}  // namespace heed
