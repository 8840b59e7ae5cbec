#include <fmt/format.h>

#include <cmath>
#include <iostream>

#include "cli/classify.h"
#include "cli/classify_learner.h"
#include "cli/flags.h"
#include "cli/machine_options.h"
#include "cli/usage.h"
#include "heed/base/quantities.h"
#include "heed/base/stopwatch.h"
#include "heed/classification/model_choice.h"
#include "heed/corpus/labeled/labels.h"
#include "heed/corpus/labeled/stratified_folds.h"

namespace heed {
namespace {

struct TrainOptions {
  std::vector<std::filesystem::path> data, valid;
  std::filesystem::path output;
  ModelFlag model = ModelFlag::automatic;
  std::optional<Index> folds;
  LabelReading reading;
  LearnerOptions learner;
  std::uint64_t seed = 1;
  MachineOptions machine;

  static constexpr auto fields() {
    using T = TrainOptions;
    return std::tuple(
        field("model", &T::model,
              "unigrams or bigrams: a linear classifier on bags of words; the others: networks that read "
              "words in order; auto: bigrams or transformer, by number and length of the texts"),
        field("valid", &T::valid,
              "validation texts, which choose the regularization or the best epoch; if not given, a tenth of "
              "the training texts (bags of words learn from these in the end, too)"),
        field("output", &T::output, "folder for the classifier"),
        field("folds", &T::folds, "number of folds: cross-validate instead of writing a classifier",
              {2, 1000}),
        field("seed", &T::seed, "random seed for what is held out, folds, initial weights and dropout"));
  }
};

ModelFlag chosen_model(const ModelChoice& choice) {
  std::cerr << fmt::format("model auto: {} texts / {:.1f} words a text = {:.0f}, ", choice.texts,
                           choice.words, choice.ratio());
  if (choice.sequence()) {
    std::cerr << "1,500 or more: transformer, which reads words in their order\n";
    return ModelFlag::transformer;
  }
  std::cerr << "less than 1,500: bigrams and a linear classifier\n";
  return ModelFlag::bigrams;
}

/// The flags of these settings that the command line gave.
std::string given(const CLI::App& command, const Settings& settings) {
  std::string flags;
  for (const Setting& setting : settings)
    if (command.count(flag_name(setting.name)) > 0)
      flags += (flags.empty() ? "" : ", ") + flag_name(setting.name);
  return flags;
}

/// Flags that the model has no use for are wrong usage; but who leaves the choice to heed is only told.
void check_flags(const CLI::App& command, TrainOptions& options, ModelFlag model) {
  LearnerOptions& learner = options.learner;
  Settings of_bags = settings_of(learner.bag);
  of_bags.push_back(find_setting(settings_of(learner.words), "sublinear", "bags"));
  const std::string useless =
      given(command, reads_sequences(model) ? of_bags : settings_of(learner.network, learner.training));
  if (useless.empty()) return;
  const std::string says = fmt::format("{}: of no use with {}", useless, enum_name(model));
  require_usage(options.model == ModelFlag::automatic, says);
  std::cerr << says << '\n';
}

void cross_validate(const TrainOptions& options, std::span<const LabeledText> texts,
                    const ClassifierLearner& learner) {
  const Index folds = *options.folds;
  require<DataError>(folds <= std::ssize(texts), "--folds: ", texts.size(), " texts cannot be cut into ",
                     folds, " parts");
  const std::vector<std::string> labels = labels_of(texts);
  const std::vector<Index> fold_of = stratified_folds(classes_of(texts, labels), folds, options.seed);
  ConfusionMatrix all(labels);
  double sum = 0, squares = 0;
  for (Index fold = 0; fold < folds; ++fold) {
    const auto [test, rest] = split_by_fold(texts, std::span<const Index>(fold_of), fold);
    const Learned learned = learner.learn(rest, std::nullopt, ClassifierLearner::Talk::little);
    if (learned.stopped_status) {
      std::cerr << fmt::format("stopped in fold {} of {}\n", fold + 1, folds);
      throw CLI::RuntimeError(*learned.stopped_status);
    }
    const ConfusionMatrix confusion = evaluate(*learned.classifier, test);
    for (Index truth = 0; truth < std::ssize(confusion.labels()); ++truth)
      for (Index prediction = 0; prediction < std::ssize(confusion.labels()); ++prediction)
        all.add(truth, prediction, confusion.count(truth, prediction));
    sum += confusion.accuracy();
    squares += confusion.accuracy() * confusion.accuracy();
    std::cerr << fmt::format("fold {} of {}: {:.2f} % of {}, {}\n", fold + 1, folds,
                             100 * confusion.accuracy(), confusion.total(), learned.choice);
  }
  const double count = static_cast<double>(folds), mean = sum / count;
  std::cout << fmt::format("mean of {} folds {:.2f} %, standard deviation {:.2f}\n", folds, 100 * mean,
                           100 * std::sqrt(std::max(0.0, (squares - count * mean * mean) / (count - 1))))
            << all.text();
}

void train(TrainOptions& options, const CLI::App& command) {
  require_usage(!options.folds || (options.valid.empty() && options.output.empty()),
                "--folds measures and leaves no classifier: it goes with neither --valid nor --output");
  require_usage(options.folds || !options.output.empty(),
                "--output: say where the classifier shall go, or --folds to measure only");
  if (options.model != ModelFlag::automatic) check_flags(command, options, options.model);
  Backend& backend = options.machine.backend();
  const Stopwatch watch;
  const std::vector<LabeledText> texts = read_labeled(options.data, options.reading);
  require<DataError>(!texts.empty(), "classify train: no texts to learn from");
  ModelFlag model = options.model;
  if (model == ModelFlag::automatic) {
    model = chosen_model(model_choice(texts));
    check_flags(command, options, model);
  }
  options.learner.seed = options.seed;
  const auto learner = make_learner(model, options.learner, backend);
  if (options.folds) {
    cross_validate(options, texts, *learner);
  } else {
    std::optional<std::vector<LabeledText>> validation;
    if (!options.valid.empty()) validation = read_labeled(options.valid, options.reading);
    const Learned learned = learner->learn(texts, validation, ClassifierLearner::Talk::all);
    learned.classifier->save(options.output);
    if (learned.stopped_status) {
      std::cerr << fmt::format("stopped; what was best so far, {}, is in {}\n", learned.choice,
                               options.output.string());
      throw CLI::RuntimeError(*learned.stopped_status);
    }
  }
  std::cerr << "took " << duration_text(watch.seconds()) << '\n';
}

}  // namespace

void add_classify_train(CLI::App& classify) {
  CLI::App* command = classify.add_subcommand("train", "learn from texts with labels");
  auto options = std::make_shared<TrainOptions>();
  add_labeled_files(*command, options->data);
  LearnerOptions& learner = options->learner;
  add_settings(*command, settings_of(*options, learner.words, options->reading, learner.bag, learner.network,
                                     learner.training));
  add_settings(*command, options->machine.settings());
  command->final_callback([options, command] { train(*options, *command); });
}

}  // namespace heed
