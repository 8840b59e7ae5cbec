#include "heed/checkpoint/generation_settings.h"

#include "heed/base/error.h"
#include "tests/support/temporary_folder.h"

namespace heed {
namespace {

using GenerationSettingsFile = WithFolder;

TEST_F(GenerationSettingsFile, is_read_as_it_was_written) {
  for (const bool eos : {true, false}) {
    save_generation_settings(folder_, {.eos_ends_documents = eos});
    EXPECT_EQ(load_generation_settings(folder_).eos_ends_documents, eos);
  }
}

TEST_F(GenerationSettingsFile, may_be_absent) {
  EXPECT_TRUE(load_generation_settings(folder_).eos_ends_documents);
}

TEST_F(GenerationSettingsFile, is_refused_where_it_is_damaged) {
  file("generation.json", "{\"eos_ends_documents\": 7}");
  EXPECT_THROW(load_generation_settings(folder_), CheckpointError);
  file("generation.json", "{");
  EXPECT_THROW(load_generation_settings(folder_), CheckpointError);
}

}  // namespace
}  // namespace heed
