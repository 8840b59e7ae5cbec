#include <fmt/format.h>

#include <cmath>
#include <iostream>
#include <nlohmann/json.hpp>
#include <numeric>

#include "cli/commands.h"
#include "cli/flags.h"
#include "cli/machine_options.h"
#include "heed/io/line_reader.h"
#include "heed/service/translator.h"

namespace heed {
namespace {

struct ScoreOptions {
  std::filesystem::path model, source, target;
  bool tokens = false;
  PrecisionOptions precision;
  MachineOptions machine;

  static constexpr auto fields() {
    using S = ScoreOptions;
    return std::tuple(
        field("source", &S::source, "source sentences, one per line, plain or .gz"),
        field("target", &S::target, "translations to score, line by line"),
        field("tokens", &S::tokens, "print a JSON object per line with the log-probability of each token"));
  }
};

void score(const ScoreOptions& options) {
  const Translator translator(options.model, options.machine.backend(), options.precision.type());
  // Line n of the output belongs to line n of the input: no line is left out, empty ones neither.
  const std::vector<std::string> sources = read_lines(options.source), targets = read_lines(options.target);
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
        std::cout
            << nlohmann::ordered_json{{"log_probability", total}, {"token_log_probability", scores}}.dump()
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

}  // namespace

void add_score(CLI::App& program) {
  CLI::App* command = program.add_subcommand("score", "log-probabilities of given translations, in nats");
  auto options = std::make_shared<ScoreOptions>();
  command->add_option("model", options->model, "the model's folder")->required()->option_text("MODEL");
  add_settings(*command, settings_of(*options));
  command->get_option("--source")->required();
  command->get_option("--target")->required();
  add_settings(*command, options->machine.settings());
  add_settings(*command, settings_of(options->precision));
  command->final_callback([options] { score(*options); });
}

}  // namespace heed
