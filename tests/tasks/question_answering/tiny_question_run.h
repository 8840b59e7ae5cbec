#pragma once
#include <gtest/gtest.h>

#include "heed/backend/cpu/cpu_backend.h"
#include "heed/base/files.h"
#include "heed/sample/sample_questions.h"
#include "heed/tasks/question_answering/question_answering_task.h"
#include "heed/training/run.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/training_witness.h"

namespace heed {

/// A run of a few milliseconds, with everything that has a state.
class TinyQuestionRun {
 public:
  explicit TinyQuestionRun(std::filesystem::path folder, const std::string& json = sample_questions(60))
      : folder_(std::move(folder)) {
    write_file(file(), json);
    data.data.train_questions = {file()};
    data.answers.window = 40, data.answers.window_stride = 12, data.answers.longest_answer = 4;
    data.tokenizer.kind = TokenizerKind::whitespace;
    run = default_options(QuestionAnsweringTask());
    run.model.set("width", Index{16}).set("hidden", Index{32}).set("heads", Index{2}).set("layers", Index{2});
    run.model.set("maximum_positions", Index{40});
    run.training.updates = 8, run.training.batch_tokens = 160, run.training.gradient_accumulation = 2;
    run.training.warmup = 2, run.training.learning_rate = 0.01, run.training.validate_every = 3;
    run.training.average_checkpoints = 3, run.training.moving_average = 0.5, run.training.samples = 2;
  }

  std::filesystem::path file() const { return folder_ / "questions.json"; }
  std::filesystem::path folder(const std::string& name = "model") const { return folder_ / name; }

  /// Trains in any folder, and stops after update `stop_at`, if that is reached.
  TrainingOutcome train_in(const std::filesystem::path& where, Witness& told, Index stop_at = -1,
                           Backend& backend = cpu_backend()) const {
    QuestionAnsweringTask task(data);
    TrainingOptions options = run;
    return heed::train(task, options, RunFolder(where), backend, told, told.stops_after(stop_at));
  }
  TrainingOutcome train(const std::string& name = "model", Index stop_at = -1,
                        Backend& backend = cpu_backend()) {
    witness = {};
    return train_in(folder(name), witness, stop_at, backend);
  }

  QuestionAnsweringOptions data;
  TrainingOptions run;
  Witness witness;  // of the last run

 private:
  std::filesystem::path folder_;
};

}  // namespace heed
