#pragma once
#include <gtest/gtest.h>

#include "heed/backend/cpu/cpu_backend.h"
#include "heed/base/files.h"
#include "heed/sample/sample_sentences.h"
#include "heed/tasks/fill_mask/fill_mask_task.h"
#include "heed/training/run.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/training_witness.h"

namespace heed {

/// The lines of a text whose masks can be filled in.
inline std::string sample_lines(Index count) {
  std::string text;
  for (const std::string& sentence : sample_sentences(count)) text += sentence + '\n';
  return text;
}

/// A run of a few milliseconds, with everything that has a state.
class TinyFillMaskRun {
 public:
  explicit TinyFillMaskRun(std::filesystem::path folder, const std::string& text = sample_lines(60))
      : folder_(std::move(folder)) {
    write_file(file(), text);
    data.text.train_text = {file()};
    data.text.context = 20;
    data.documents.split = DocumentSplit::by_line;
    data.tokenizer.kind = TokenizerKind::whitespace;
    run = default_options(FillMaskTask());
    run.model.set("width", Index{16}).set("hidden", Index{32}).set("heads", Index{2}).set("layers", Index{2});
    run.training.updates = 8, run.training.batch_tokens = 64, run.training.gradient_accumulation = 2;
    run.training.warmup = 2, run.training.learning_rate = 0.01, run.training.validate_every = 3;
    run.training.average_checkpoints = 3, run.training.moving_average = 0.5, run.training.samples = 2;
  }

  std::filesystem::path file() const { return folder_ / "text.txt"; }
  std::filesystem::path folder(const std::string& name = "model") const { return folder_ / name; }

  /// Trains in any folder, and stops after update `stop_at`, if that is reached.
  TrainingOutcome train_in(const std::filesystem::path& where, Witness& told, Index stop_at = -1,
                           Backend& backend = cpu_backend()) const {
    FillMaskTask task(data);
    TrainingOptions options = run;
    return heed::train(task, options, RunFolder(where), backend, told, told.stops_after(stop_at));
  }
  TrainingOutcome train(const std::string& name = "model", Index stop_at = -1,
                        Backend& backend = cpu_backend()) {
    witness = {};
    return train_in(folder(name), witness, stop_at, backend);
  }

  FillMaskOptions data;
  TrainingOptions run;
  Witness witness;  // of the last run

 private:
  std::filesystem::path folder_;
};

}  // namespace heed
