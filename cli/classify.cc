#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iostream>

#include "cli/commands.h"
#include "cli/flags.h"
#include "cli/usage.h"
#include "heed/base/parallel.h"
#include "heed/base/quantities.h"
#include "heed/base/stopwatch.h"
#include "heed/classification/bag_training.h"
#include "heed/classification/folds.h"
#include "heed/classification/model_choice.h"
#include "heed/data/line_reader.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

enum class ClassifierKind { automatic, unigrams, bigrams };

}  // namespace

template <>
struct EnumNames<ClassifierKind> {
  static constexpr std::array names{std::pair{"auto", ClassifierKind::automatic},
                                    std::pair{"unigrams", ClassifierKind::unigrams},
                                    std::pair{"bigrams", ClassifierKind::bigrams}};
};

namespace {

using Paths = std::vector<std::filesystem::path>;

void add_data(CLI::App& command, Paths& files) {
  command.add_option("data", files, "texts with labels, one a line; plain or .gz, - for standard input")
      ->required()
      ->option_text("DATA...");
}

void add_model(CLI::App& command, std::filesystem::path& folder) {
  command.add_option("model", folder, "the folder of a classifier")->required()->option_text("MODEL");
}

struct ThreadOptions {
  int threads = thread_count();

  static constexpr auto fields() {
    return std::tuple(field("threads", &ThreadOptions::threads, "threads to compute with", {1, 1024}));
  }
};

struct TrainOptions {
  Paths data, valid;
  std::filesystem::path output;
  ClassifierKind model = ClassifierKind::automatic;
  std::optional<double> regularisation;
  std::optional<Index> folds;
  Index telling = 10;
  std::uint64_t seed = 1;
  BagOptions bag;
  LabelReading reading;
  ThreadOptions machine;

  static constexpr auto fields() {
    using T = TrainOptions;
    return std::tuple(
        field("model", &T::model,
              "bags of words, or of words and of pairs of neighbours; auto: as the number and the length of "
              "the texts suggest"),
        field("valid", &T::valid,
              "texts to choose the regularisation by; if not given, a tenth of the others, which are all "
              "learned from in the end"),
        field("output", &T::output, "folder for the classifier"),
        field("regularisation", &T::regularisation,
              "what the squares of the weights cost; if not given, tried out on the validation texts",
              {1e-6, 1e6}),
        field("folds", &T::folds, "cross-validate: learn so many times from all but a part, and test on it",
              {2, 1000}),
        field("telling", &T::telling, "n-grams to show that say most for each class", {0, 1e6}),
        field("seed", &T::seed, "of the random numbers that draw folds and what is held out"));
  }
};

BagContent content_for(const TrainOptions& options, std::span<const LabelledText> texts) {
  if (options.model == ClassifierKind::unigrams) return BagContent::unigrams;
  if (options.model == ClassifierKind::bigrams) return BagContent::bigrams;
  const ModelChoice choice = model_choice(texts);
  std::cerr << fmt::format("model auto: {} texts / {:.1f} words a text = {:.0f}, ", choice.texts,
                           choice.words, choice.ratio());
  if (choice.sequence())
    std::cerr << "1,500 or more: a sequence model should do better, but heed classify has none; bigrams\n";
  else
    std::cerr << "less than 1,500: bigrams and a linear classifier\n";
  return BagContent::bigrams;
}

void print_telling(const BagClassifier& classifier, Index count) {
  if (count == 0) return;
  for (Index label = 0; label < std::ssize(classifier.labels); ++label) {
    std::cout << "most telling for " << printable(classifier.labels[static_cast<std::size_t>(label)]) << ':';
    std::string_view comma = " ";
    for (const auto& [ngram, weight] : classifier.telling(label, count)) {
      std::cout << fmt::format("{}{} {:.2f}", comma, ngram, weight);
      comma = ", ";
    }
    std::cout << '\n';
  }
}

void print_trials(const TrainedBag& trained) {
  for (const auto& trial : trained.trials)
    std::cerr << fmt::format("regularisation {:g}: {:.2f} % of the validation texts, {:.4f} nats{}{}\n",
                             trial.regularisation, 100 * trial.accuracy, trial.loss,
                             trial.converged ? "" : " (stopped before it converged)",
                             trial.regularisation == trained.best.regularisation ? ", chosen" : "");
}

void cross_validate(const TrainOptions& options, std::span<const LabelledText> texts,
                    const BagTraining& training) {
  const Index folds = *options.folds;
  require<DataError>(folds <= std::ssize(texts), "--folds: ", texts.size(), " texts cannot be cut into ",
                     folds, " parts");
  const std::vector<std::string> labels = labels_of(texts);
  const std::vector<Index> fold_of = stratified_folds(classes_of(texts, labels), folds, options.seed);
  ConfusionMatrix all(labels);
  double sum = 0, squares = 0;
  for (Index fold = 0; fold < folds; ++fold) {
    const auto [test, rest] = parts_of(texts, std::span<const Index>(fold_of), fold);
    const TrainedBag trained = train_bag_held_out(rest, training, options.seed);
    const ConfusionMatrix confusion = evaluated(trained.classifier, test);
    for (Index truth = 0; truth < std::ssize(confusion.labels()); ++truth)
      for (Index guess = 0; guess < std::ssize(confusion.labels()); ++guess)
        for (Index i = 0; i < confusion.count(truth, guess); ++i) all.add(truth, guess);
    sum += confusion.accuracy();
    squares += confusion.accuracy() * confusion.accuracy();
    std::cerr << fmt::format("fold {} of {}: {:.2f} % of {}, regularisation {:g}\n", fold + 1, folds,
                             100 * confusion.accuracy(), confusion.texts(), trained.best.regularisation);
  }
  const double count = static_cast<double>(folds), mean = sum / count;
  std::cout << fmt::format("mean of {} folds {:.2f} %, standard deviation {:.2f}\n", folds, 100 * mean,
                           100 * std::sqrt(std::max(0.0, (squares - count * mean * mean) / (count - 1))))
            << all.text();
}

void train(const TrainOptions& options) {
  require_usage(!options.folds || (options.valid.empty() && options.output.empty()),
                "--folds measures and leaves no classifier: it goes with neither --valid nor --output");
  require_usage(options.folds || !options.output.empty(),
                "--output: say where the classifier shall go, or "
                "--folds to measure only");
  set_thread_count(options.machine.threads);
  const Stopwatch watch;
  const std::vector<LabelledText> texts = read_labelled(options.data, options.reading);
  require<DataError>(!texts.empty(), "classify train: no texts to learn from");
  BagTraining training{.content = content_for(options, texts), .bag = options.bag};
  if (options.regularisation) training.regularisations = {*options.regularisation};
  if (options.folds) {
    cross_validate(options, texts, training);
  } else if (options.valid.empty()) {
    const TrainedBag trained = train_bag_held_out(texts, training, options.seed);
    print_trials(trained);
    trained.classifier.save(options.output);
    std::cout << fmt::format(
        "validation accuracy {:.2f} % (a tenth, held out; then all {} were learned from)\n",
        100 * trained.best.accuracy, texts.size());
    print_telling(trained.classifier, options.telling);
  } else {
    const std::vector<LabelledText> validation = read_labelled(options.valid, options.reading);
    const TrainedBag trained = train_bag(texts, validation, training);
    print_trials(trained);
    trained.classifier.save(options.output);
    std::cout << "validation " << evaluated(trained.classifier, validation).text();
    print_telling(trained.classifier, options.telling);
  }
  std::cerr << "took " << duration_text(watch.seconds()) << '\n';
}

struct EvaluateOptions {
  std::filesystem::path model;
  Paths data;
  LabelReading reading;
};

void evaluate(const EvaluateOptions& options) {
  const BagClassifier classifier = BagClassifier::load(options.model);
  const std::vector<LabelledText> texts = read_labelled(options.data, options.reading);
  require<DataError>(!texts.empty(), "classify evaluate: no texts to evaluate on");
  std::cout << evaluated(classifier, texts).text();
}

struct PredictOptions {
  std::filesystem::path model, text = "-";
  bool all = false;
  TextEncoding encoding = TextEncoding::utf8;

  static constexpr auto fields() {
    using P = PredictOptions;
    return std::tuple(field("all", &P::all, "print every label with its probability, the likeliest first"),
                      field("encoding", &P::encoding, "of the text"));
  }
};

void print_prediction(const BagClassifier& classifier, std::span<const float> probabilities, bool all) {
  std::vector<std::size_t> order(probabilities.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return probabilities[a] > probabilities[b]; });
  if (!all) order.resize(1);
  std::string line;
  for (const std::size_t i : order)
    line += fmt::format("{}{}\t{:.4f}", line.empty() ? "" : "\t", classifier.labels[i], probabilities[i]);
  std::cout << line << '\n';
}

void predict(const PredictOptions& options) {
  const BagClassifier classifier = BagClassifier::load(options.model);
  LineReader reader(options.text);
  // Line n of the output belongs to line n of the input: of a blank one the bias alone tells.
  while (const auto line = reader.next()) {
    const std::string text = decoded(*line, options.encoding, reader.where());
    const std::string_view one[] = {text};
    print_prediction(classifier, classifier(one), options.all);
    if (!reader.ready()) std::cout.flush();
  }
}

struct TellingOptions {
  std::filesystem::path model;
  Index count = 10;

  static constexpr auto fields() {
    return std::tuple(field("count", &TellingOptions::count, "n-grams a class", {1, 1e6}));
  }
};

}  // namespace

void add_classify(CLI::App& program) {
  CLI::App* classify = program.add_subcommand("classify", "put texts into classes, by bags of words");
  classify->require_subcommand(1);

  CLI::App* training = classify->add_subcommand("train", "learn from texts with labels");
  auto to_train = std::make_shared<TrainOptions>();
  add_data(*training, to_train->data);
  add_settings(*training, settings_of(*to_train, to_train->bag, to_train->reading, to_train->machine));
  training->final_callback([to_train] { train(*to_train); });

  CLI::App* prediction =
      classify->add_subcommand("predict", "the likeliest label of each line, its probability");
  auto to_predict = std::make_shared<PredictOptions>();
  add_model(*prediction, to_predict->model);
  prediction->add_option("text", to_predict->text, "texts, one a line; - or nothing: standard input")
      ->option_text("TEXT");
  add_settings(*prediction, settings_of(*to_predict));
  prediction->final_callback([to_predict] { predict(*to_predict); });

  CLI::App* evaluation =
      classify->add_subcommand("evaluate", "accuracy, precision, recall and confusions on texts with labels");
  auto to_evaluate = std::make_shared<EvaluateOptions>();
  add_model(*evaluation, to_evaluate->model);
  add_data(*evaluation, to_evaluate->data);
  add_settings(*evaluation, settings_of(to_evaluate->reading));
  evaluation->final_callback([to_evaluate] { evaluate(*to_evaluate); });

  CLI::App* telling = classify->add_subcommand("telling", "the n-grams that say most for each class");
  auto to_tell = std::make_shared<TellingOptions>();
  add_model(*telling, to_tell->model);
  add_settings(*telling, settings_of(*to_tell));
  telling->final_callback([to_tell] { print_telling(BagClassifier::load(to_tell->model), to_tell->count); });
}

}  // namespace heed
