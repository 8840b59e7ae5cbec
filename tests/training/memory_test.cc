#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "tests/training/tiny_run.h"

namespace heed {
namespace {

/// Memory of this process that lies in RAM, in KiB.
Index resident_kib() {
  std::ifstream in("/proc/self/statm");
  Index all = 0, resident = 0;
  in >> all >> resident;
  return resident * ::sysconf(_SC_PAGESIZE) / 1024;
}

class Memory : public WithFolder {};

TEST_F(Memory, of_a_run_does_not_grow_with_its_updates) {
  RunOptions options = tiny_options();
  options.training.updates = 1000, options.training.validate_every = 50, options.training.patience = 0;
  options.training.save_minutes = 1e-3;  // states are saved, too
  Index early = 0, late = 0;
  Witness witness;
  witness.at_update = [&](const UpdateReport& report) {
    witness.updates.clear();  // what the test itself keeps must not count
    witness.validations.clear();
    if (report.update == 200) early = resident_kib();
    if (report.update == 1000) late = resident_kib();
  };
  train_tiny(folder_, options, witness);
  ASSERT_GT(early, 0);
  EXPECT_LE(late - early, 1024) << "KiB: " << early << " after update 200, " << late << " after 1,000";
}

}  // namespace
}  // namespace heed
