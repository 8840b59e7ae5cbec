#include <fmt/format.h>

#include <cmath>
#include <iostream>

#include "cli/classify.h"
#include "cli/classify_learner.h"
#include "cli/flags.h"
#include "cli/line_note.h"
#include "cli/machine_options.h"
#include "cli/program.h"
#include "cli/usage.h"
#include "heed/bag_of_words/model_choice.h"
#include "heed/base/quantities.h"
#include "heed/base/settings_yaml.h"
#include "heed/base/stopwatch.h"
#include "heed/corpus/labeled/labels.h"
#include "heed/corpus/labeled/stratified_folds.h"
#include "heed/text_classifier/classifier_folder.h"

namespace heed {
namespace {

struct ClassifyTrainOptions {
  std::vector<std::filesystem::path> data, valid;
  std::filesystem::path output;
  ModelFlag model = ModelFlag::automatic;
  std::optional<Index> folds;
  LearnerOptions learner;
  MachineOptions machine;

  static constexpr auto fields() {
    using T = ClassifyTrainOptions;
    return std::tuple(
        field("model", &T::model,
              "unigrams or bigrams: a linear classifier on bags of words; the others: networks that read "
              "words in order; auto: bigrams or transformer, by number and length of the texts"),
        field("valid", &T::valid,
              "validation texts, which choose the regularization or the best epoch; if not given, a tenth of "
              "the training texts (bags of words learn from these in the end, too)"),
        field("output", &T::output,
              "folder for the classifier; a network's run that it holds goes on, with its options unless "
              "they are given anew"),
        field("folds", &T::folds, "number of folds: cross-validate instead of writing a classifier",
              {2, 1000}));
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
void check_flags(const CLI::App& command, ClassifyTrainOptions& options, ModelFlag model) {
  LearnerOptions& learner = options.learner;
  Settings of_bags = settings_of(learner.bag);
  of_bags.push_back(find_setting(settings_of(learner.words), "sublinear", "bags"));
  Settings of_networks = learner.of_networks();
  std::ranges::move(settings_of(learner.logs), std::back_inserter(of_networks));
  const std::string useless = given(command, reads_sequences(model) ? of_bags : of_networks);
  if (useless.empty()) return;
  const std::string says = fmt::format("{}: of no use with {}", useless, enum_name(model));
  require_usage(options.model == ModelFlag::automatic, says);
  std::cerr << says << '\n';
}

void cross_validate(const ClassifyTrainOptions& options, const std::vector<LabeledText>& texts,
                    const ClassifierLearner& learner) {
  const Index folds = *options.folds;
  require<DataError>(folds <= std::ssize(texts), "--folds: ", texts.size(), " texts cannot be cut into ",
                     folds, " parts");
  const std::vector<std::string> labels = labels_of(texts);
  const std::vector<Index> fold_of =
      stratified_folds(classes_of(texts, labels), folds, options.learner.seed());
  ConfusionMatrix all(labels);
  double sum = 0, squares = 0;
  for (Index fold = 0; fold < folds; ++fold) {
    auto [test, rest] =
        split_by_fold(std::span<const LabeledText>(texts), std::span<const Index>(fold_of), fold);
    const Learned learned = learner.try_out({std::move(rest), std::nullopt});
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

/// A network's run that the folder holds goes on with its options, but for what is given now.
void take_options_of_classifier(ClassifyTrainOptions& options, CLI::App& command) {
  const RunFolder folder(options.output);
  require<ConfigError>(folder.was_begun() || !std::filesystem::exists(folder.path() / "config.json") ||
                           holds_bag_of_words(folder.path()),
                       options.output.string(), ": holds another model already; choose another --output");
  if (!folder.holds_run()) return;
  // Before its options, which another task has others of.
  const std::string task = load_task(folder.path());
  require<ConfigError>(task == text_classification, options.output.string(), ": holds a run of the task ",
                       task, "; choose another --output");
  Settings settings = options.learner.of_run();
  settings.push_back({.name = "task",
                      .get = [] { return FieldValue{}; },
                      .set = [](const FieldValue&, std::string_view) {}});
  set_from_yaml_file(with_former_settings(std::move(settings)), folder.options_file());
  options.learner.words_from_network();
  set_what_was_given(command);
}

void learn_classifier(const ClassifyTrainOptions& options, LabeledTexts texts,
                      const ClassifierLearner& learner) {
  if (!options.valid.empty())
    texts.validation = read_labeled(options.valid, options.learner.text.texts.reading, tell);
  const Learned learned = learner.learn(texts, options.output);
  if (learned.stopped_status) throw CLI::RuntimeError(*learned.stopped_status);
}

void train_classifier(ClassifyTrainOptions& options, CLI::App& command) {
  outlive_readers();
  require_usage(!options.folds || (options.valid.empty() && options.output.empty()),
                "--folds measures and leaves no classifier: it goes with neither --valid nor --output");
  require_usage(options.folds || !options.output.empty(),
                "--output: say where the classifier shall go, or --folds to measure only");
  if (options.model != ModelFlag::automatic) check_flags(command, options, options.model);
  LearnerOptions& learner = options.learner;
  if (!options.output.empty()) take_options_of_classifier(options, command);
  const Stopwatch watch;
  std::vector<LabeledText> texts = read_labeled(options.data, learner.text.texts.reading, tell);
  require<DataError>(!texts.empty(), "classify train: no texts to learn from");
  training_labels(texts);  // one label alone has a reason of its own
  check_class_sizes(texts, learner.text.texts.class_sizes);
  ModelFlag model = options.model;
  if (model == ModelFlag::automatic) {
    model = chosen_model(model_choice(texts));
    check_flags(command, options, model);
  }
  learner.words_to_network();
  learner.text.texts.train_texts = options.data;
  learner.text.texts.valid_texts = options.valid;
  Backend& backend = options.machine.training_backend(learner.network.training.precision);
  const auto chosen = make_learner(model, learner, backend);
  if (options.folds)
    cross_validate(options, texts, *chosen);
  else
    learn_classifier(options, {std::move(texts), std::nullopt}, *chosen);
  std::cerr << "took " << duration_text(watch.seconds()) << '\n';
}

}  // namespace

void add_classify_train(CLI::App& classify) {
  CLI::App* command = classify.add_subcommand("train", "learn from texts with labels");
  auto options = std::make_shared<ClassifyTrainOptions>();
  add_labeled_files(*command, options->data);
  LearnerOptions& learner = options->learner;
  add_settings(*command, settings_of(*options, learner.logs, learner.words, learner.text.texts.reading,
                                     learner.text.texts.class_sizes, learner.bag));
  add_settings(*command, {find_setting(settings_of(learner.network.training), "seed", "classify train")});
  add_settings(*command, learner.of_networks());
  add_settings(*command, options->machine.settings());
  command->final_callback([options, command] { train_classifier(*options, *command); });
}

}  // namespace heed
