#include <fmt/format.h>

#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>

#include "cli/commands.h"
#include "cli/flags.h"
#include "cli/machine_options.h"
#include "cli/usage.h"
#include "heed/base/json_text.h"
#include "heed/base/quantities.h"
#include "heed/checkpoint/generation_settings.h"
#include "heed/checkpoint/model_folder.h"
#include "heed/compression/quantization.h"
#include "heed/corpus/text_documents.h"
#include "heed/data/tokenize_documents.h"
#include "heed/image_classifier/image_classes.h"
#include "heed/images/labeled/labels.h"
#include "heed/service/open_predictor.h"

namespace heed {
namespace {

enum class Target { int8, bfloat16 };

}  // namespace

template <>
struct EnumNames<Target> {
  static constexpr std::array names{std::pair{"int8", Target::int8}, std::pair{"bfloat16", Target::bfloat16}};
};

namespace {

struct QuantizeOptions {
  std::filesystem::path model, output, source, target;
  std::vector<std::filesystem::path> text, images;
  Target to = Target::int8;
  std::optional<double> largest_loss;
  Index beam = 5;
  BleuTokenization bleu_tokenization = BleuTokenization::mteval_13a;
  bool json = false;
  MachineOptions machine;

  static constexpr auto fields() {
    using Q = QuantizeOptions;
    return std::tuple(
        field("to", &Q::to, "number format of the stored weights and of matrix products"),
        field("source", &Q::source,
              "translation: source sentences to measure on, one per line, plain or compressed"),
        field("target", &Q::target, "reference translations of --source, line by line"),
        field("text", &Q::text, "language model: text to measure on, files, plain or compressed"),
        field("images", &Q::images,
              "image-classification: images with labels to measure on: folders with a folder for each class, "
              "IDX "
              "files, and tables of names of files and labels"),
        field("largest_loss", &Q::largest_loss,
              "how much worse it may get: BLEU that is lost, or chrF where BLEU says little; if not given, "
              "0.2; of a language model, nats per token, 0.01; of images, percent of accuracy, 0.5; if it is "
              "exceeded, "
              "nothing is written",
              {0, 100}),
        field("beam", &Q::beam, "translation: beam size to measure with", {1, 512}),
        field("bleu_tokenization", &Q::bleu_tokenization, "translation: tokenization of BLEU"),
        field("json", &Q::json, "print a JSON object instead of a table"));
  }
};

DataType type_of(Target target) { return target == Target::int8 ? DataType::int8 : DataType::bfloat16; }

void print(const Quantization& q, const QuantizeOptions& options) {
  Index in_type = 0;
  for (const auto& [name, type] : q.types) in_type += type == type_of(options.to) ? 1 : 0;
  if (options.json) {
    const auto figures = [](const ModelMeasure& m) {
      nlohmann::ordered_json json;
      for (const Measure& measure : m.quality.measures) json[measure.name] = measure.value;
      json["seconds"] = m.seconds;
      json["bytes"] = m.bytes;
      return json;
    };
    nlohmann::ordered_json types;
    for (const auto& [name, type] : q.types) types[name] = name_of(type);
    std::cout << text_of_json(nlohmann::ordered_json{{"before", figures(q.before)},
                                                     {"after", figures(q.after)},
                                                     {"ruined", q.ruined},
                                                     {"good_enough", q.good_enough},
                                                     {"types", types}},
                              2)
              << '\n';
    return;
  }
  std::cout << fmt::format("{:<22}{:>12}{:>12}\n", "", "before", "after");
  const auto line = [](std::string_view what, double before, double after, int digits) {
    std::cout << fmt::format("{:<22}{:>12.{}f}{:>12.{}f}\n", what, before, digits, after, digits);
  };
  for (const Measure& before : q.before.quality.measures)
    line(before.title, before.value, q.after.quality.value(before.name), before.digits);
  line("seconds", q.before.seconds, q.after.seconds, 2);
  std::cout << fmt::format("{:<22}{:>12}{:>12}\n", "size", bytes_text(q.before.bytes),
                           bytes_text(q.after.bytes));
  std::cout << fmt::format("{} of {} weights in {}\n", in_type, q.types.size(), name_of(type_of(options.to)));
}

/// Finds the types of the weights and writes the model, if it is good enough.
void quantize_measured(const QuantizeOptions& options, const QualityTrial& trial, double largest_loss,
                       std::string_view unit) {
  const Quantization result =
      quantize(options.model, trial, {.type = type_of(options.to), .largest_loss = largest_loss},
               options.machine.backend(), [](const std::string& text) { std::cerr << text << '\n'; });
  print(result, options);
  for (const std::string& name : result.ruined) {
    const Measure &before = *find_measure(result.before.quality.measures, name),
                  &after = *find_measure(result.after.quality.measures, name);
    throw Error(message("quantize: ",
                        fmt::format("{} went from {:.{}f} to {:.{}f}", before.title, before.value,
                                    before.digits, after.value, after.digits),
                        ", whatever ", unit,
                        " says: the model is ruined, and nothing was written; try --to bfloat16"));
  }
  require<Error>(result.good_enough, "quantize: ", fmt::format("{:.4g} {}", result.lost, unit),
                 " lost, but only ", largest_loss,
                 " allowed; nothing was written; try --to bfloat16, or allow more with --largest-loss");
  save_quantized(options.model, options.output, result.types);
}

void quantize_by_translations(const QuantizeOptions& options) {
  require_tokenization(options.bleu_tokenization);
  const Tokenizers tokenizers = load_tokenizers(options.model);
  ParallelCorpus corpus = read_parallel(options.source, options.target);
  const Index longest = load_config(options.model).sizes().longest_sequence - 1,
              all = std::ssize(corpus.pairs);
  const ValidationSet set = make_validation_set(std::move(corpus.pairs), tokenizers, longest);
  require<DataError>(!set.pairs.empty(), options.source.string(), ": holds no pair that the model can take");
  if (std::ssize(set.pairs) < all)
    std::cerr << fmt::format("heed: {} of {} pairs are empty or too long and left out\n",
                             all - std::ssize(set.pairs), all);
  const QualityTrial trial = translation_trial(
      tokenizers, set, {.beam = options.beam, .samples = 0, .bleu_tokenization = options.bleu_tokenization},
      options.machine.backend());
  if (!trial.why.empty())
    std::cerr << "heed: chrF decides, not BLEU, which says little here: " << trial.why << '\n';
  quantize_measured(options, trial, options.largest_loss.value_or(0.2), trial.why.empty() ? "BLEU" : "chrF");
}

void quantize_by_text(const QuantizeOptions& options) {
  const Tokenizers tokenizers = load_tokenizers(options.model);
  const DocumentEnd end =
      load_generation_settings(options.model).eos_ends_documents ? DocumentEnd::eos : DocumentEnd::nothing;
  const TextDocuments documents(options.text);
  DocumentReport report;
  DocumentReader reader = documents.open(report);
  const auto tokens = std::make_shared<TokenStream>();
  tokenize_documents(reader, *tokenizers.source, end, [&](auto some) { tokens->add(some); });
  const Index context = load_config(options.model).sizes().longest_sequence;
  quantize_measured(options, text_trial(tokens, report.bytes, context, options.machine.backend()),
                    options.largest_loss.value_or(0.01), "nats per token");
}

void quantize_by_images(const QuantizeOptions& options) {
  const ImageClasses classes = load_image_classes(options.model);
  const std::vector<LabeledImage> images = read_labeled_images(options.images);
  std::vector<StoredImage> stored;
  for (const LabeledImage& each : images) stored.push_back(each.image);
  const ImageInput input = load_config(options.model).sizes().images;
  constexpr std::size_t memory = std::size_t{2} << 30;  // as image_memory of training
  const auto examples = std::make_shared<const ImageExamples>(
      std::make_shared<const SeenImages>(std::move(stored), input, classes.preparation.fit, memory),
      classes_of(images, classes.labels));
  quantize_measured(options, image_trial(examples, options.machine.backend()),
                    options.largest_loss.value_or(0.5), "percent of accuracy");
}

void quantize(const QuantizeOptions& options) {
  require_usage(options.source.empty() == options.target.empty(),
                "--source and --target belong together: give both to measure what is lost");
  const std::string task = task_of_model(options.model);
  require_usage(options.source.empty() || task == "translation",
                "--source and --target measure translation; ", options.model.string(), " is a model for ",
                task);
  require_usage(options.text.empty() || task == "text-generation", "--text measures language models; ",
                options.model.string(), " is a model for ", task);
  require_usage(options.images.empty() || task == image_classification,
                "--images measures models of images; ", options.model.string(), " is a model for ", task);
  require<FileError>(!std::filesystem::exists(parameters_file(options.output)), options.output.string(),
                     ": holds a model already; choose another --output");
  if (!options.source.empty()) return quantize_by_translations(options);
  if (!options.text.empty()) return quantize_by_text(options);
  if (!options.images.empty()) return quantize_by_images(options);
  save_quantized(options.model, options.output,
                 all_in(type_of(options.to), weights_of_products(options.model, options.machine.backend())));
  std::cerr << "heed: not measured what is lost";
  if (task == "translation") std::cerr << "; give --source and --target to know";
  if (task == "text-generation") std::cerr << "; give --text to know";
  if (task == image_classification) std::cerr << "; give --images to know";
  std::cerr << '\n';
}

}  // namespace

void add_quantize(CLI::App& program) {
  CLI::App* command =
      program.add_subcommand("quantize", "make a model smaller and faster, and measure what that costs");
  auto options = std::make_shared<QuantizeOptions>();
  command->add_option("model", options->model, "the model's folder")->required()->option_text("MODEL");
  command->add_option("-o,--output", options->output, "folder for the smaller model")
      ->required()
      ->option_text("FOLDER");
  add_settings(*command, settings_of(*options));
  add_settings(*command, options->machine.settings());
  command->final_callback([options] { quantize(*options); });
}

}  // namespace heed
