#pragma once
#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

#include "heed/backend/cpu/cpu_backend.h"
#include "heed/base/files.h"
#include "heed/base/random.h"
#include "heed/tasks/text_generation/text_generation_task.h"
#include "heed/training/run.h"
#include "tests/support/temporary_folder.h"

namespace heed {

/// Keeps what it is told.
struct TextWitness : TrainingObserver {
  std::vector<UpdateReport> updates;
  std::vector<ValidationReport> validations;
  std::string notes;

  void updated(const UpdateReport& report) override { updates.push_back(report); }
  void validated(const ValidationReport& report) override { validations.push_back(report); }
  void note(const std::string& text) override { notes += text + '\n'; }
};

/// A text of which a character says what comes next, mostly.
inline std::string tiny_text(Index words = 400) {
  static constexpr std::array<std::string_view, 4> all{"to be ", "or not ", "and so ", "ever on.\n"};
  std::string text;
  Random random(17);
  for (Index i = 0; i < words; ++i) text += all[random.below(4)];
  return text;
}

/// A run of a few milliseconds, with everything that has a state.
class TinyTextRun {
 public:
  explicit TinyTextRun(std::filesystem::path folder, const std::string& text = tiny_text())
      : folder_(std::move(folder)) {
    write_file(file(), text);
    data.text.train_text = {file()};
    data.text.context = 16;
    data.tokenizer.kind = TokenizerKind::characters;
    run = default_options(TextGenerationTask());
    run.model.set("width", Index{16}).set("hidden", Index{32}).set("heads", Index{2}).set("layers", Index{2});
    run.model.set("dropout", 0.1);
    run.training.updates = 8, run.training.batch_tokens = 64, run.training.gradient_accumulation = 2;
    run.training.warmup = 2, run.training.learning_rate = 0.01, run.training.validate_every = 3;
    run.training.average_checkpoints = 3, run.training.moving_average = 0.5, run.training.samples = 2;
  }

  std::filesystem::path file() const { return folder_ / "text.txt"; }
  std::filesystem::path folder(const std::string& name = "model") const { return folder_ / name; }

  /// Stops after update `stop_at`, if that is reached.
  TrainingOutcome train(const std::string& name = "model", Index stop_at = -1,
                        Backend& backend = cpu_backend()) {
    TextGenerationTask task(data);
    TrainingOptions options = run;
    witness = {};
    return heed::train(task, options, RunFolder(folder(name)), backend, witness,
                       [&] { return !witness.updates.empty() && witness.updates.back().update == stop_at; });
  }

  TextGenerationOptions data;
  TrainingOptions run;
  TextWitness witness;  // of the last run

 private:
  std::filesystem::path folder_;
};

}  // namespace heed
