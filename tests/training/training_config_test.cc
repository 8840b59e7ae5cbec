#include "heed/training/training_config.h"

#include <gtest/gtest.h>

#include "heed/base/settings_yaml.h"
#include "heed/corpus/corpus_options.h"

namespace heed {
namespace {

// What training/options.yaml of a run says that was begun before options were renamed.
TEST(TrainingConfig, of_an_earlier_run_is_read_under_its_former_names) {
  TrainingConfig training;
  CorpusOptions corpus;
  set_from_yaml_text(settings_of(training, corpus),
                     "accumulate: 3\nclip_norm: 0.25\naverage: 7\nhold_out: 9\nmax_ratio: 2.5\nbucket: 11\n",
                     "options.yaml");
  EXPECT_EQ(training.gradient_accumulation, 3);
  EXPECT_EQ(training.maximum_gradient_norm, 0.25);
  EXPECT_EQ(training.average_checkpoints, 7);
  EXPECT_EQ(corpus.validation_split, 9);
  EXPECT_EQ(corpus.max_length_ratio, 2.5);
  EXPECT_EQ(corpus.length_bucket, 11);
}

}  // namespace
}  // namespace heed
