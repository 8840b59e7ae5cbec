#include <fmt/format.h>

#include <cmath>
#include <iostream>
#include <nlohmann/json.hpp>
#include <numeric>

#include "cli/commands.h"
#include "cli/flags.h"
#include "cli/line_note.h"
#include "cli/machine_options.h"
#include "cli/score_text.h"
#include "cli/usage.h"
#include "heed/base/json_text.h"
#include "heed/io/line_reader.h"
#include "heed/service/generator.h"
#include "heed/service/mask_filler.h"
#include "heed/service/open_predictor.h"
#include "heed/service/translator.h"

namespace heed {
namespace {

struct ScoreOptions {
  std::filesystem::path model, source, target;
  std::vector<std::filesystem::path> text;
  bool tokens = false, overlap = false;
  DocumentOptions documents;
  PrecisionOptions precision;
  MachineOptions machine;

  static constexpr auto fields() {
    using S = ScoreOptions;
    return std::tuple(
        field("source", &S::source, "translation: source sentences, one per line, plain or compressed"),
        field("target", &S::target, "translation: translations to score, line by line"),
        field("text", &S::text,
              "language model, or one that fills in masks: text to score, files, plain or compressed"),
        field("overlap", &S::overlap,
              "language model: give each token half a context before it, where the text has that much"),
        field("tokens", &S::tokens,
              "print a JSON object per line, or document, with the log-probability of each token"));
  }
};

void score_pairs(const ScoreOptions& options) {
  const Translator translator(options.model, options.machine.backend(), options.precision.type());
  // Line n of the output belongs to line n of the input: no line is left out, empty ones neither.
  const std::vector<std::string> sources = read_lines(options.source, tell),
                                 targets = read_lines(options.target, tell);
  require<DataError>(sources.size() == targets.size(), "score: ", options.source.string(), " has ",
                     sources.size(), " lines, ", options.target.string(), " has ", targets.size(),
                     "; line n of one must be the translation of line n of the other");

  constexpr std::size_t at_once = 64;
  double sum = 0;
  Index tokens = 0;
  for (std::size_t begin = 0; begin < sources.size(); begin += at_once) {
    const std::size_t count = std::min(at_once, sources.size() - begin);
    for (const auto& scores : translator.score(std::span(sources).subspan(begin, count),
                                               std::span(targets).subspan(begin, count), begin)) {
      const double total = std::accumulate(scores.begin(), scores.end(), 0.0);
      if (options.tokens)
        std::cout << text_of_json(nlohmann::ordered_json{{"log_probability", total},
                                                         {"token_log_probability", scores}})
                  << '\n';
      else
        std::cout << fmt::format("{:.6f}\n", total);
      sum += total;
      tokens += static_cast<Index>(scores.size());
    }
  }
  if (tokens > 0)
    std::cerr << fmt::format("{} pairs, {} tokens, {:.4f} nats a token, perplexity {:.3f}\n", sources.size(),
                             tokens, -sum / static_cast<double>(tokens),
                             std::exp(-sum / static_cast<double>(tokens)));
}

void score(const ScoreOptions& options) {
  require_usage(!options.source.empty() || !options.target.empty() || !options.text.empty(),
                "give --source and --target to score translations, --text to score texts");
  const std::string task = task_of_model(options.model);
  const auto given = [](const auto& files) { return !files.empty(); };
  if (task == "text-generation") {
    require_usage(given(options.text) && !given(options.source) && !given(options.target),
                  options.model.string(), " is a language model; give --text, not --source and --target");
    const Generator generator(options.model, options.machine.backend(), options.precision.type());
    return score_text([&](std::string_view text) { return generator.score(text, options.overlap); },
                      {.text = options.text, .documents = options.documents, .tokens = options.tokens});
  }
  if (task == fill_mask) {
    require_usage(given(options.text) && !given(options.source) && !given(options.target) && !options.overlap,
                  options.model.string(), " fills in masks; give --text alone");
    const MaskFiller filler(options.model, options.machine.backend(), options.precision.type());
    return score_text([&](std::string_view text) { return filler.score(text); },
                      {.text = options.text,
                       .documents = options.documents,
                       .tokens = options.tokens,
                       .given = Given::all_others});
  }
  require<CheckpointError>(task == "translation", options.model.string(), ": holds a model for ", task,
                           ", but only models for translation, text-generation and fill-mask score texts");
  require_usage(given(options.source) && given(options.target) && !given(options.text) && !options.overlap,
                options.model.string(),
                " is a model for translation; give --source and --target, not --text");
  score_pairs(options);
}

}  // namespace

void add_score(CLI::App& program) {
  CLI::App* command =
      program.add_subcommand("score", "log-probabilities of given translations or texts, in nats");
  auto options = std::make_shared<ScoreOptions>();
  command->add_option("model", options->model, "the model's folder")->required()->option_text("MODEL");
  add_settings(*command, settings_of(*options, options->documents));
  add_settings(*command, options->machine.settings());
  add_settings(*command, settings_of(options->precision));
  command->final_callback([options] { score(*options); });
}

}  // namespace heed
