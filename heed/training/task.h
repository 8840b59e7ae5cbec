#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "heed/base/settings.h"
#include "heed/model/model_options.h"
#include "heed/training/objective.h"
#include "heed/training/run_folder.h"
#include "heed/training/trainer.h"

namespace heed {

/// The run that a task gets its data ready for.
struct TaskRun {
  const RunFolder& folder;
  std::filesystem::path from;  // a model to train further; empty: a new one
  bool resumed = false;        // the folder holds a run that goes on
  const TrainingConfig& training;
  TrainingObserver& observer;
  /// The model in `from` is for another task: what that one has no use for, such as labels, is made anew.
  bool from_other_task = false;

  /// The folder with what the run takes over: its own if it goes on, or that of the model that is trained
  /// further, which may be gone by the time that the run goes on. Empty: everything is made anew.
  std::filesystem::path taken_over() const { return resumed ? folder.path() : from; }
  /// The same for what only models for this task have.
  std::filesystem::path own_taken_over() const { return from_other_task ? "" : taken_over(); }
};

/// What a run learns from.
struct TaskData {
  std::shared_ptr<const Dataset> examples;
  std::vector<WeightedCorpus> corpora = {};  // that the examples come from; none: all weigh 1
  Index bucket = 100;                        // see BatchOptions
  std::vector<DataCounts> counts = {};       // told to observers
};

/// The options name nothing to learn from, or corpora that do not go together.
class DataOptionsError : public ConfigError {
 public:
  using ConfigError::ConfigError;
};

/// What a model is trained for: where its data come from, what it learns, how it is measured. A run calls
/// these in their order, once each; a task keeps what the later ones need of the earlier ones.
class Task {
 public:
  virtual ~Task() = default;

  /// The word of Hugging Face's hub for it: "translation".
  virtual std::string_view name() const = 0;
  /// Of the models that can do it, such as EncoderDecoder::family.
  virtual std::string_view family() const = 0;
  /// The tasks whose models it can start from: its own alone, unless it makes use of other models, too. Those
  /// may be of another family, which has an architecture of the same name.
  virtual std::vector<std::string_view> trains_further() const { return {name()}; }
  /// Its own options: corpora, tokenizer and so on. They refer to the task.
  virtual Settings settings() = 0;
  /// Sets what the task trains with, and what models it makes, unless it is told otherwise; called before
  /// options are read. Of a model the defaults are set: what is asked for belongs to who trains.
  virtual void set_defaults(TrainingConfig& /*training*/, ModelOptions& /*model*/) const {}

  // Both run before the folder is touched and minutes go into reading data, of a run that goes on, too.
  /// Refuses, with ConfigError, data that do not go together, as far as can be told without reading them.
  virtual void check_data() {}
  /// Refuses, with ConfigError, a model that the task has no use for or its options do not fit.
  virtual void check(const ModelConfig& /*model*/) const {}
  /// The vocabularies of a new model as far as options tell, and where they do not, an example: what is
  /// checked is made of them. ConfigError for options of tokenizers that do not go together.
  virtual Vocabularies expected_vocabularies() const = 0;

  /// Makes the tokenizers and the like, or takes those of the run that goes on or the model that is trained
  /// further, and puts them into the run's folder.
  virtual Vocabularies vocabularies(const TaskRun& run) = 0;
  /// Reads what is learned from and what is validated on. DataError if there is none of either.
  virtual TaskData read(const TaskRun& run, const ModelSizes& sizes) = 0;
  /// What a model of config().sizes() learns. The task and the model must outlive it.
  virtual std::unique_ptr<Objective> objective(const Model& model, const TrainingConfig& training) const = 0;
  /// Puts into the run's folder what else follows from the model that the training ended with.
  virtual void finish(const TaskRun& /*run*/, const Model& /*model*/, Backend& /*backend*/) {}
  /// What stands behind `heed predict MODEL` where somebody uses what was trained.
  virtual std::string_view usage() const { return "< text"; }
  /// The facts of its own that a model's card tells: how many examples, how they were measured. Markdown.
  virtual std::string card_text() const = 0;
};

}  // namespace heed
