#pragma once
#include <functional>
#include <memory>

#include "heed/bag_of_words/bag_of_words.h"
#include "heed/classification/sequence_classifier.h"
#include "heed/optim/schedule.h"

namespace heed {

/// How a network that puts texts into classes is trained.
struct SequenceTraining {
  Index epochs = 30;
  double minutes = 0;
  Index patience = 5;
  Index batch_tokens = 1024;
  double learning_rate = 5e-4;
  Index warmup = 100;
  ScheduleKind schedule = ScheduleKind::constant;
  double label_smoothing = 0.1, word_dropout = 0.1, weight_decay = 0, clip_norm = 1;
  double average_epochs = 0.7;

  static constexpr std::string_view title = "Training of sequence models";
  static constexpr auto fields() {
    using T = SequenceTraining;
    return std::tuple(
        field("epochs", &T::epochs, "times through the texts at most", {1}),
        field("minutes", &T::minutes, "minutes of training at most; 0: any", {0}),
        field("patience", &T::patience,
              "epochs without a higher accuracy on the validation texts before training stops; 0: never stop",
              {0}),
        field("batch_tokens", &T::batch_tokens, "words of a batch", {1}),
        field("learning_rate", &T::learning_rate, "highest learning rate, at the end of the warm-up",
              {0, 10}),
        field("warmup", &T::warmup, "updates in which the learning rate rises", {0}),
        field("schedule", &T::schedule,
              "how the learning rate goes on after the warm-up; linear: to 0 at the end of all epochs"),
        field("label_smoothing", &T::label_smoothing,
              "share of each label's probability spread over all labels", {0, 0.99}),
        field("word_dropout", &T::word_dropout,
              "share of words taken for unknown while training, which teaches what those are", {0, 0.95}),
        field("weight_decay", &T::weight_decay, "decoupled weight decay", {0, 1}),
        field("clip_norm", &T::clip_norm, "longest gradient; 0: any", {0}),
        field("average_epochs", &T::average_epochs,
              "epochs that a moving average of the weights looks back on, which is then validated and kept; "
              "0: none",
              {0, 1e6}));
  }
};

/// What a sequence classifier is made of and learns from.
struct SequenceTask {
  SequenceConfig network{};
  SequenceTraining training{};
  BagOptions words{};  // which words it knows: as for a bag of unigrams
  std::uint64_t seed = 1;
};

struct EpochReport {
  Index epoch = 0;  // counted from 1
  double loss = 0;  // of the texts learned from, label smoothing and dropout included, nats
  double accuracy = 0, validation_loss = 0;
  double seconds = 0;  // for learning and validating
  bool best = false;
};

/// How far an epoch has come.
struct SequenceUpdate {
  Index epoch = 0, batch = 0, batches = 0;
  double loss = 0;  // of the epoch so far
};

/// Who is told how it goes, and may stop it. Any may be absent.
struct SequenceObserver {
  std::function<void(const SequenceUpdate&)> updated{};
  std::function<void(const EpochReport&)> validated{};
  std::function<bool()> interrupted{};  // asked between two updates
};

struct TrainedSequence {
  std::unique_ptr<SequenceClassifier> classifier;  // with the weights of the best epoch
  EpochReport best;
  bool interrupted = false;
};

/// Learns until nothing gets better, a limit is reached, or somebody interrupts it; an epoch that was cut
/// short is validated, too. The same texts, task and kernels of float32 give the same bytes on any number of
/// threads, unless the clock ends it. DataError if there are fewer than two labels, no words, or validation
/// texts of other labels; Error if loss or gradient are not finite.
TrainedSequence train_sequence(std::span<const LabeledText> training, std::span<const LabeledText> validation,
                               const SequenceTask& task, Backend& backend,
                               const SequenceObserver& observer = {});

}  // namespace heed
