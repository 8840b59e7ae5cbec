#include "cli/classify.h"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>

#include "cli/commands.h"
#include "cli/flags.h"
#include "cli/line_note.h"
#include "cli/machine_options.h"
#include "cli/usage.h"
#include "heed/corpus/labeled/labels.h"
#include "heed/corpus/word_order.h"
#include "heed/images/labeled/labeled_image.h"
#include "heed/io/line_reader.h"
#include "heed/service/image_labeler.h"
#include "heed/service/open_classifier.h"
#include "heed/service/open_predictor.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

void add_model(CLI::App& command, std::filesystem::path& folder) {
  command.add_option("model", folder, "the folder of a classifier")->required()->option_text("MODEL");
}

/// Says on standard error how many texts a classifier does not read to their ends.
void note_long_texts(const TextClassifier& classifier, Index texts) {
  if (texts > 0)
    std::cerr << fmt::format("{} {} more than {} tokens, of which only the first {} are read\n", texts,
                             texts == 1 ? "text has" : "texts have", *classifier.longest_text(),
                             *classifier.longest_text());
}

struct ClassifyEvaluateOptions {
  std::filesystem::path model;
  std::vector<std::filesystem::path> data;
  std::optional<std::uint64_t> shuffle_words;
  LabelReading reading;
  MachineOptions machine;

  static constexpr auto fields() {
    return std::tuple(field("shuffle_words", &ClassifyEvaluateOptions::shuffle_words,
                            "shuffle the words of each text first, with this seed: a model that does as well "
                            "then ignores word order"));
  }
};

void evaluate_images(const ClassifyEvaluateOptions& options) {
  require_usage(!options.shuffle_words, "--shuffle-words is for texts; ", options.model.string(),
                " is a model for ", image_classification);
  const ImageLabeler labeler(options.model, options.machine.backend());
  std::cout << evaluate(labeler, read_labeled_images(options.data, tell)).text();
}

void evaluate_classifier(const ClassifyEvaluateOptions& options) {
  if (task_of_model(options.model) == image_classification) return evaluate_images(options);
  const auto classifier = open_classifier(options.model, options.machine.backend());
  std::vector<LabeledText> texts = read_labeled(options.data, options.reading, tell);
  require<DataError>(!texts.empty(), "classify evaluate: no texts to evaluate on");
  for (std::size_t i = 0; options.shuffle_words && i < texts.size(); ++i) {
    Random random(*options.shuffle_words, i);
    texts[i].text = shuffled_words(texts[i].text, random);
  }
  note_long_texts(*classifier, classifier->count_longer(texts_of(texts)));
  std::cout << evaluate(*classifier, texts).text();
}

struct ClassifyPredictOptions {
  std::filesystem::path model, text = "-";
  bool all = false;
  TextEncoding encoding = TextEncoding::utf8;
  MachineOptions machine;

  static constexpr auto fields() {
    using P = ClassifyPredictOptions;
    return std::tuple(field("all", &P::all, "print every label with its probability, most probable first"),
                      field("encoding", &P::encoding, "character encoding of the text"));
  }
};

void print_prediction(std::span<const std::string> labels, std::span<const float> probabilities, bool all) {
  std::vector<std::size_t> order(probabilities.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return probabilities[a] > probabilities[b]; });
  if (!all) order.resize(1);
  std::string line;
  for (const std::size_t i : order)
    line += fmt::format("{}{}\t{:.4f}", line.empty() ? "" : "\t", labels[i], probabilities[i]);
  std::cout << line << '\n';
}

void predict_classes(const ClassifyPredictOptions& options) {
  const auto classifier = open_classifier(options.model, options.machine.backend());
  Index long_texts = 0;
  LineReader reader(options.text);
  // Line n of the output belongs to line n of the input: a blank one is a text without words.
  while (const auto line = reader.next()) {
    const std::string text = decoded(*line, options.encoding, reader.where());
    const std::string_view one[] = {text};
    long_texts += classifier->count_longer(one);
    print_prediction(classifier->labels(), (*classifier)(one), options.all);
    if (!reader.ready()) std::cout.flush();
  }
  tell_line_ends(reader);
  note_long_texts(*classifier, long_texts);
}

struct FeaturesOptions {
  std::filesystem::path model;
  Index count = 10;

  static constexpr auto fields() {
    return std::tuple(
        field("count", &FeaturesOptions::count, "number of n-grams shown for each class", {1, 1e6}));
  }
};

CLI::App* add_features(CLI::App& classify, const std::string& name) {
  CLI::App* features =
      classify.add_subcommand(name, "the most informative n-grams of each class, of a bag of words");
  auto to_show = std::make_shared<FeaturesOptions>();
  add_model(*features, to_show->model);
  add_settings(*features, settings_of(*to_show));
  features->final_callback([to_show, name] {
    if (name != "features") std::cerr << "heed: classify " << name << " is now called classify features\n";
    print_most_informative(BagClassifier::load(to_show->model), to_show->count);
  });
  return features;
}

}  // namespace

void add_labeled_files(CLI::App& command, std::vector<std::filesystem::path>& files) {
  command.add_option("data", files, "texts with labels, one a line, or a table; - for standard input")
      ->required()
      ->option_text("DATA...");
}

void print_most_informative(const BagClassifier& classifier, Index count) {
  if (count == 0) return;
  for (Index label = 0; label < std::ssize(classifier.labels()); ++label) {
    std::cout << "most informative features of "
              << printable(classifier.labels()[static_cast<std::size_t>(label)]) << ':';
    std::string_view comma = " ";
    for (const auto& [ngram, weight] : classifier.most_informative_features(label, count)) {
      std::cout << fmt::format("{}{} {:.2f}", comma, ngram, weight);
      comma = ", ";
    }
    std::cout << '\n';
  }
}

void add_classify(CLI::App& program) {
  CLI::App* classify = program.add_subcommand(
      "classify", "classify texts, with bags of words or networks that read words in order");
  classify->require_subcommand(1);
  add_classify_train(*classify);

  CLI::App* prediction =
      classify->add_subcommand("predict", "the likeliest label of each line, its probability");
  auto to_predict = std::make_shared<ClassifyPredictOptions>();
  add_model(*prediction, to_predict->model);
  prediction->add_option("text", to_predict->text, "texts, one a line; - or nothing: standard input")
      ->option_text("TEXT");
  add_settings(*prediction, settings_of(*to_predict));
  add_settings(*prediction, to_predict->machine.settings());
  prediction->final_callback([to_predict] { predict_classes(*to_predict); });

  CLI::App* evaluation = classify->add_subcommand(
      "evaluate", "accuracy, precision, recall and confusions on texts or images with labels");
  auto to_evaluate = std::make_shared<ClassifyEvaluateOptions>();
  add_model(*evaluation, to_evaluate->model);
  evaluation
      ->add_option(
          "data", to_evaluate->data,
          "texts with labels, one a line, or a table; - for standard input; of a model of images: folders "
          "with a folder for each class, IDX files, and tables of names of files and labels")
      ->required()
      ->option_text("DATA...");
  add_settings(*evaluation, settings_of(*to_evaluate, to_evaluate->reading));
  add_settings(*evaluation, to_evaluate->machine.settings());
  evaluation->final_callback([to_evaluate] { evaluate_classifier(*to_evaluate); });

  add_features(*classify, "features");
  add_features(*classify, "telling")->group("");  // its former name, which help pages do not show
}

}  // namespace heed
