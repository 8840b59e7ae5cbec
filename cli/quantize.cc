#include <fmt/format.h>

#include <iostream>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/flags.h"
#include "cli/machine_options.h"
#include "cli/usage.h"
#include "heed/base/quantities.h"
#include "heed/checkpoint/model_folder.h"
#include "heed/compression/quantization.h"

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
  Target to = Target::int8;
  double largest_loss = 0.2;
  Index beam = 5;
  bool json = false;
  MachineOptions machine;

  static constexpr auto fields() {
    using Q = QuantizeOptions;
    return std::tuple(
        field("to", &Q::to, "number format of the stored weights and of matrix products"),
        field("source", &Q::source, "source sentences to measure on, one per line, plain or .gz"),
        field("target", &Q::target, "reference translations of --source, line by line"),
        field("largest_loss", &Q::largest_loss, "maximum loss in BLEU; if it is exceeded, nothing is written",
              {0, 100}),
        field("beam", &Q::beam, "beam size to measure with", {1, 512}),
        field("json", &Q::json, "print a JSON object instead of a table"));
  }
};

DataType type_of(Target target) { return target == Target::int8 ? DataType::int8 : DataType::bfloat16; }

void print(const Quantization& q, const QuantizeOptions& options) {
  Index in_type = 0;
  for (const auto& [name, type] : q.types) in_type += type == type_of(options.to) ? 1 : 0;
  if (options.json) {
    const auto figures = [](const ModelMeasure& m) {
      return nlohmann::ordered_json{{"bleu", m.quality.bleu},
                                    {"chrf", m.quality.chrf},
                                    {"loss", m.quality.loss},
                                    {"translation_seconds", m.quality.translation_seconds},
                                    {"bytes", m.bytes}};
    };
    nlohmann::ordered_json types;
    for (const auto& [name, type] : q.types) types[name] = name_of(type);
    std::cout << nlohmann::ordered_json{{"before", figures(q.before)},
                                        {"after", figures(q.after)},
                                        {"good_enough", q.good_enough},
                                        {"types", types}}
                     .dump(2)
              << '\n';
    return;
  }
  std::cout << fmt::format("{:<22}{:>12}{:>12}\n", "", "before", "after");
  const auto line = [](std::string_view what, double before, double after, int digits) {
    std::cout << fmt::format("{:<22}{:>12.{}f}{:>12.{}f}\n", what, before, digits, after, digits);
  };
  line("BLEU", q.before.quality.bleu, q.after.quality.bleu, 2);
  line("chrF", q.before.quality.chrf, q.after.quality.chrf, 2);
  line("loss of a token", q.before.quality.loss, q.after.quality.loss, 4);
  line("seconds to translate", q.before.quality.translation_seconds, q.after.quality.translation_seconds, 2);
  std::cout << fmt::format("{:<22}{:>12}{:>12}\n", "size", bytes_text(q.before.bytes),
                           bytes_text(q.after.bytes));
  std::cout << fmt::format("{} of {} weights in {}\n", in_type, q.types.size(), name_of(type_of(options.to)));
}

void quantize(const QuantizeOptions& options) {
  require_usage(options.source.empty() == options.target.empty(),
                "--source and --target belong together: give both to measure what is lost");
  require<FileError>(!std::filesystem::exists(parameters_file(options.output)), options.output.string(),
                     ": holds a model already; choose another --output");
  Backend& backend = options.machine.backend();
  if (options.source.empty()) {
    save_quantized(options.model, options.output,
                   all_in(type_of(options.to), weights_of_products(options.model, backend)));
    std::cerr << "heed: not measured what is lost; give --source and --target to know\n";
    return;
  }
  const Tokenizers tokenizers = load_tokenizers(options.model);
  ParallelCorpus corpus = read_parallel(options.source, options.target);
  const Index longest = sizes_of(load_config(options.model)).longest_sequence - 1,
              all = std::ssize(corpus.pairs);
  const ValidationSet set = make_validation_set(std::move(corpus.pairs), tokenizers, longest);
  require<DataError>(!set.pairs.empty(), options.source.string(), ": holds no pair that the model can take");
  if (std::ssize(set.pairs) < all)
    std::cerr << fmt::format("heed: {} of {} pairs are empty or too long and left out\n",
                             all - std::ssize(set.pairs), all);
  const Quantization result =
      quantize(options.model, tokenizers, set,
               {.type = type_of(options.to), .largest_loss = options.largest_loss, .beam = options.beam},
               backend, [](const std::string& text) { std::cerr << text << '\n'; });
  print(result, options);
  require<Error>(result.good_enough,
                 "quantize: ", fmt::format("{:.2f}", result.before.quality.bleu - result.after.quality.bleu),
                 " BLEU lost, but only ", options.largest_loss,
                 " allowed; nothing was written; try --to bfloat16, or allow more with --largest-loss");
  save_quantized(options.model, options.output, result.types);
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
