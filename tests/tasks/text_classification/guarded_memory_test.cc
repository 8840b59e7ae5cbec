#include "heed/backend/reference/reference_backend.h"
#include "heed/service/network_classifier.h"
#include "heed/tasks/text_classification/text_classification_task.h"
#include "heed/training/run.h"
#include "tests/support/guarded_backend.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/training_witness.h"
#include "tests/tasks/text_classification/negations.h"

namespace heed {
namespace {

struct Kind {
  std::string architecture;
  Pooling pooling;
};

void PrintTo(const Kind& kind, std::ostream* out) { *out << kind.architecture; }

/// Everything that a run of a classifier does, on memory that only kernels can access.
class GuardedClassifier : public WithFolder, public testing::WithParamInterface<Kind> {
 protected:
  void train_in(const std::filesystem::path& folder, Backend& backend, Index stop_at = -1) const {
    TrainingOptions options = small_run(GetParam().architecture, GetParam().pooling);
    options.model.set("dropout", 0.3);
    options.training.epochs = 2;
    TextClassificationTask task(word_dropout_of(0.3), negations());
    Witness witness;
    train(task, options, RunFolder(folder), backend, witness, witness.stops_after(stop_at));
  }

  GuardedBackend guarded_;
  const std::filesystem::path there_ = folder_ / "there", here_ = folder_ / "here";
};

INSTANTIATE_TEST_SUITE_P(Kinds, GuardedClassifier,
                         testing::Values(Kind{"transformer", Pooling::max},
                                         Kind{"transformer", Pooling::mean}, Kind{"rnn", Pooling::max},
                                         Kind{"gru", Pooling::mean}, Kind{"lstm", Pooling::last}),
                         [](const auto& test) {
                           return test.param.architecture + "_" + std::string(enum_name(test.param.pooling));
                         });

TEST_P(GuardedClassifier, trains_and_resumes_to_the_bytes_that_training_in_host_memory_gives) {
  train_in(there_, guarded_, 4);
  train_in(there_, guarded_);
  train_in(here_, reference_backend());
  EXPECT_EQ(model_bytes(there_), model_bytes(here_));
}

TEST_P(GuardedClassifier, classifies_alike) {
  train_in(here_, reference_backend());
  const NetworkClassifier there(here_, guarded_), here(here_, reference_backend());
  const std::array<std::string_view, 3> texts{"good , not bad", "not good , bad", "warm"};
  EXPECT_EQ(there(texts), here(texts));
}

}  // namespace
}  // namespace heed
