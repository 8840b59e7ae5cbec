#include <gtest/gtest.h>

#include "heed/base/process_memory.h"
#include "tests/training/tiny_run.h"

namespace heed {
namespace {

class Memory : public WithFolder {};

TEST_F(Memory, of_a_run_does_not_grow_with_its_updates) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "sanitizers keep what is freed for a while";
#endif
  RunOptions options = tiny_options();
  options.training.updates = 1000, options.training.validate_every = 50, options.training.patience = 0;
  options.training.save_minutes = 1e-3;  // states are saved, too
  Index early = 0, late = 0;             // KiB
  Witness witness;
  witness.at_update = [&](const UpdateReport& report) {
    witness.updates.clear();  // what the test itself keeps must not count
    witness.validations.clear();
    if (report.update == 200) early = static_cast<Index>(resident_bytes() / 1024);
    if (report.update == 1000) late = static_cast<Index>(resident_bytes() / 1024);
  };
  train_tiny(folder_, options, witness);
  ASSERT_GT(early, 0);
  EXPECT_LE(late - early, 1024) << "KiB: " << early << " after update 200, " << late << " after 1,000";
}

}  // namespace
}  // namespace heed
