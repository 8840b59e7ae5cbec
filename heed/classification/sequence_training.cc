#include "heed/classification/sequence_training.h"

#include <cmath>

#include "heed/base/random.h"
#include "heed/base/stopwatch.h"
#include "heed/corpus/labeled/labels.h"
#include "heed/data/batches.h"
#include "heed/metrics/accuracy_and_loss.h"
#include "heed/ops/cross_entropy.h"
#include "heed/optim/adam.h"
#include "heed/optim/moving_average.h"

namespace heed {
namespace {

/// Which random numbers of a seed say what words are dropped: not those of weights, batches or dropout.
constexpr std::uint64_t word_dropout_streams = std::uint64_t{0x3D0D} << 48;

std::vector<Variable> variables(const ParameterStore& store) {
  std::vector<Variable> all;
  for (const auto& parameter : store.parameters()) all.push_back(parameter.variable);
  return all;
}

/// The class of each text of a batch: the first of the target's two tokens, behind which is EOS.
std::vector<Index> classes_in(const Batch& batch) {
  std::vector<Index> classes;
  for (std::size_t i = 0; i < batch.target_tokens.size(); i += 2) classes.push_back(batch.target_tokens[i]);
  return classes;
}

class SequenceTrainer {
 public:
  SequenceTrainer(const SequenceTask& task, const SequenceNetwork& network, const Examples& texts,
                  Backend& backend)
      : options_(task.training),
        seed_(task.seed),
        network_(network),
        texts_(texts),
        backend_(backend),
        batching_{.batch_tokens = task.training.batch_tokens, .seed = task.seed},
        schedule_{.kind = options_.schedule,
                  .peak = options_.learning_rate,
                  .warmup = options_.warmup,
                  .updates = options_.epochs * updates_in_an_epoch()},
        adam_(backend, variables(network.store()), {.weight_decay = options_.weight_decay}) {
    // Of fewer than two updates there is no average.
    const double updates = options_.average_epochs * static_cast<double>(updates_in_an_epoch());
    if (updates >= 2) average_.emplace(backend, variables(network.store()), 1 - 1 / updates);
  }

  /// Whether the epoch came to its end. `loss` is the mean of the texts that it came to.
  struct Epoch {
    bool whole = true;
    Index updates = 0;
    double loss = 0;
  };
  Epoch epoch(Index number, const SequenceObserver& observer) {
    const BatchPlan plan = plan_epoch(texts_, number, batching_);
    Epoch epoch;
    double sum = 0, texts = 0;
    for (const auto& numbers : plan) {
      if ((observer.interrupted && observer.interrupted()) ||
          (options_.minutes > 0 && clock_.seconds() >= 60 * options_.minutes)) {
        epoch.whole = false;
        break;
      }
      sum += update(number, make_batch(texts_, numbers));
      texts += static_cast<double>(numbers.size());
      ++epoch.updates;
      epoch.loss = sum / texts;
      if (observer.updated) observer.updated({number + 1, epoch.updates, std::ssize(plan), epoch.loss});
    }
    return epoch;
  }

  /// Swaps the network's weights with what is to be validated and kept; once more to go on.
  void swap_with_average() {
    if (average_) average_->swap();
  }

 private:
  Index updates_in_an_epoch() const { return std::ssize(plan_epoch(texts_, 0, batching_)); }

  double update(Index epoch, Batch batch) {
    drop_words(epoch, batch);
    const Index number = adam_.updates() + 1;
    Pass pass = Pass::training(
        backend_, {static_cast<std::uint32_t>(seed_), static_cast<std::uint32_t>(number)}, batch.examples);
    const Variable logits = network_(pass, batch.source_tokens, Segments::packed(batch.source_lengths));
    const Variable loss =
        ops::cross_entropy(logits, classes_in(batch), static_cast<float>(options_.label_smoothing));
    pass.backward(loss);
    const auto sum = static_cast<double>(backend_.number(loss.value()));
    const Adam::Outcome outcome = adam_.step({.learning_rate = schedule_(number),
                                              .gradient_scale = 1 / static_cast<double>(batch.size()),
                                              .clip_norm = options_.clip_norm});
    require<Error>(std::isfinite(sum) && outcome.applied, "update ", number,
                   ": loss or gradient is not finite; train with a lower --learning-rate");
    if (average_) average_->update();
    return sum;
  }

  // What is dropped of a text follows from its own number: it does not depend on how batches are cut.
  void drop_words(Index epoch, Batch& batch) const {
    if (options_.word_dropout <= 0) return;
    Index row = 0;
    for (std::size_t i = 0; i < batch.examples.size(); ++i) {
      Random random(seed_, word_dropout_streams + (static_cast<std::uint64_t>(epoch) << 32) +
                               static_cast<std::uint64_t>(batch.examples[i]));
      const Index mark = row + batch.source_lengths[i] - 1;
      for (; row < mark; ++row)
        if (static_cast<double>(random.uniform()) < options_.word_dropout)
          batch.source_tokens[static_cast<std::size_t>(row)] = Vocabulary::unknown;
      ++row;
    }
  }

  SequenceTraining options_;
  std::uint64_t seed_;
  const SequenceNetwork& network_;
  const Examples& texts_;
  Backend& backend_;
  BatchOptions batching_;
  Schedule schedule_;
  Adam adam_;
  std::optional<MovingAverage> average_;
  Stopwatch clock_;
};

/// The weights of the best epoch.
class BestWeights {
 public:
  void keep(const ParameterStore& store) {
    tensors_.clear();
    for (const auto& parameter : store.parameters())
      tensors_.push_back(store.memory().clone(parameter.variable.value()));
  }
  void put_back(const ParameterStore& store) const {
    for (std::size_t i = 0; i < tensors_.size(); ++i)
      store.memory().copy(tensors_[i], store.parameters()[i].variable.value());
  }

 private:
  std::vector<Tensor> tensors_;
};

}  // namespace

TrainedSequence train_sequence(std::span<const LabeledText> training, std::span<const LabeledText> validation,
                               const SequenceTask& task, Backend& backend, const SequenceObserver& observer) {
  require<DataError>(!validation.empty(), "there are no texts to validate on");
  const std::vector<std::string> labels = training_labels(training);
  const Index classes = std::ssize(labels);
  const std::vector<Index> targets = classes_of(validation, labels);
  const std::vector<std::string_view> texts = texts_of(training);
  WordReader reader(BagOfWords(BagContent::unigrams, task.words, texts).ngrams(),
                    {task.words.lowercase, task.network.maximum_words});
  const Examples to_learn = reader.examples(texts, classes_of(training, labels)),
                 to_validate = reader.examples(texts_of(validation), targets);
  RandomParameters random(task.seed);
  SequenceNetwork network(task.network, {reader.words().size(), classes}, random,
                          ParameterStore::Purpose::training, Placement::on(backend));

  TrainedSequence result;
  BestWeights weights;
  SequenceTrainer trainer(task, network, to_learn, backend);
  bool going = true;
  Index last_gain = 0;
  for (Index number = 0; going && number < task.training.epochs; ++number) {
    const Stopwatch watch;
    const auto epoch = trainer.epoch(number, observer);
    going = epoch.whole;
    if (epoch.updates == 0 && number > 0) break;
    trainer.swap_with_average();
    const AccuracyAndLoss found =
        accuracy_and_loss(class_probabilities(network, backend, to_validate), targets, classes);
    const EpochReport& best = result.best;
    const bool higher = best.epoch == 0 || found.accuracy > best.accuracy;
    const EpochReport report{
        .epoch = number + 1,
        .loss = epoch.loss,
        .accuracy = found.accuracy,
        .validation_loss = found.loss,
        .seconds = watch.seconds(),
        .best = higher || (found.accuracy == best.accuracy && found.loss < best.validation_loss)};
    if (report.best) {
      result.best = report;
      weights.keep(network.store());
    }
    trainer.swap_with_average();
    if (higher) last_gain = number;
    if (observer.validated) observer.validated(report);
    if (task.training.patience > 0 && number - last_gain >= task.training.patience) break;
  }
  weights.put_back(network.store());
  result.interrupted = observer.interrupted && observer.interrupted();
  result.classifier =
      std::make_unique<SequenceClassifier>(labels, std::move(reader), std::move(network), backend);
  return result;
}

}  // namespace heed
