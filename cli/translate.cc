#include <fmt/format.h>

#include <iostream>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/flags.h"
#include "cli/machine_options.h"
#include "heed/data/line_reader.h"
#include "heed/service/translator.h"

namespace heed {
namespace {

struct TranslateOptions {
  std::filesystem::path model, input = "-";
  bool scores = false, json = false;
  Index lines_at_once = 512;
  DecodingConfig decoding;
  PrecisionOptions precision;
  MachineOptions machine;

  static constexpr auto fields() {
    using T = TranslateOptions;
    return std::tuple(
        field("scores", &T::scores, "print each translation's score before it, parted by a tab"),
        field("json", &T::json, "print a JSON object a line: translations, scores, tokens"),
        field("lines_at_once", &T::lines_at_once, "lines read ahead where they are there already", {1}));
  }
};

void print(const TranslatedLine& line, Index number, const TranslateOptions& options) {
  if (options.json) {
    auto translations = nlohmann::ordered_json::array();
    for (const Translation& t : line.translations)
      translations.push_back({{"text", t.text},
                              {"score", t.score},
                              {"log_probability", t.log_probability},
                              {"complete", t.complete},
                              {"tokens", t.tokens},
                              {"token_log_probability", t.token_log_probability}});
    std::cout << nlohmann::ordered_json{{"line", number}, {"translations", translations}}.dump() << '\n';
    return;
  }
  for (const Translation& t : line.translations) {
    if (options.scores) std::cout << fmt::format("{:.4f}\t", t.score);
    std::cout << t.text << '\n';
  }
}

void translate(const TranslateOptions& options) {
  const Translator translator(options.model, options.machine.kernels(), options.precision.type());
  LineReader reader(options.input);
  for (Index done = 0;;) {
    // One line at least, and what else is there already: a person typing gets each answer at once, a file
    // large batches.
    std::vector<std::string> lines;
    auto line = reader.next();
    for (; line; line = reader.next()) {
      lines.push_back(std::move(*line));
      if (static_cast<Index>(lines.size()) == options.lines_at_once || !reader.ready()) break;
    }
    if (lines.empty()) break;
    const auto results = translator.translate(lines, options.decoding, static_cast<std::uint64_t>(done));
    for (const TranslatedLine& result : results) {
      ++done;
      if (result.parts > 1)
        std::cerr << "heed: line " << done << " is too long for one piece: it was translated in "
                  << result.parts << " parts\n";
      print(result, done, options);
    }
    std::cout.flush();
    require<FileError>(std::cout.good(), "standard output: cannot be written; is the disk full?");
  }
}

}  // namespace

void add_translate(CLI::App& program) {
  CLI::App* command = program.add_subcommand("translate", "translate text, line by line");
  auto options = std::make_shared<TranslateOptions>();
  command->add_option("model", options->model, "the model's folder")->required()->option_text("MODEL");
  command->add_option("input", options->input, "text, plain or .gz; - or nothing: standard input")
      ->option_text("FILE");
  add_settings(*command, settings_of(*options, options->decoding));
  add_settings(*command, settings_of(options->machine, options->precision));
  command->final_callback([options] { translate(*options); });
}

}  // namespace heed
