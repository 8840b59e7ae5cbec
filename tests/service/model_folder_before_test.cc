#include <gtest/gtest.h>

#include <sstream>

#include "heed/backend/cpu/cpu_backend.h"
#include "heed/backend/reference/reference_backend.h"
#include "heed/base/files.h"
#include "heed/checkpoint/model_folder.h"
#include "heed/model/transformer_config.h"
#include "heed/service/translator.h"

namespace heed {
namespace {

const std::filesystem::path folder =
    std::filesystem::path(HEED_SOURCE_DIR) / "tests/golden/model_folder_before";

std::vector<std::string> lines_of(const std::string& name) {
  std::istringstream text(read_file(folder / name));
  std::vector<std::string> lines;
  for (std::string line; std::getline(text, line);) lines.push_back(line);
  return lines;
}

TEST(ModelFolderBefore, loads_as_a_post_norm_transformer_that_translates) {
  const ModelConfig config = load_config(folder);
  EXPECT_EQ(&config.architecture(), &transformer_architecture());
  EXPECT_EQ(config.as<TransformerConfig>().norm, NormOrder::post);
  EXPECT_EQ(load_task(folder), "translation");
}

TEST(ModelFolderBefore, translates_to_the_same_bytes) {
  const std::vector<std::string> sources = lines_of("source.txt");
  ASSERT_EQ(sources.size(), 5u);
  for (Backend* backend : {&cpu_backend(), &reference_backend()}) {
    const Translator translator(folder, *backend);
    for (const Index beam : {1, 5}) {
      DecodingConfig decoding;
      decoding.beam = beam;
      EXPECT_EQ(translator.best_translations(sources, decoding),
                lines_of("beam" + std::to_string(beam) + ".txt"))
          << "beam " << beam;
    }
  }
}

}  // namespace
}  // namespace heed
