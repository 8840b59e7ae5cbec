#include <fmt/format.h>

#include <iostream>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/flags.h"
#include "cli/line_note.h"
#include "cli/machine_options.h"
#include "cli/standard_output.h"
#include "cli/usage.h"
#include "heed/base/json_text.h"
#include "heed/base/mapped_file.h"
#include "heed/io/line_reader.h"
#include "heed/service/translation_stream.h"

namespace heed {
namespace {

struct TranslateOptions {
  std::filesystem::path model, input = "-";
  bool scores = false, json = false, skip_invalid = false;
  Index lines_at_once = StreamOptions().lines_at_once;
  DecodingConfig decoding;
  PrecisionOptions precision;
  WorkerOptions machine;

  static constexpr auto fields() {
    using T = TranslateOptions;
    return std::tuple(
        field("scores", &T::scores, "print each translation's score before it, separated by a tab"),
        field("json", &T::json, "print a JSON object per line: translations, scores, tokens"),
        field("skip_invalid", &T::skip_invalid,
              "answer lines that are not valid UTF-8 with empty ones, and warn"),
        field("lines_at_once", &T::lines_at_once,
              "maximum number of waiting lines from which batches are formed", {1, 1 << 24}));
  }
};

/// Translations that were asked for and are not there: of a short text a search may find fewer.
Index missing_of(const StreamedLine& line, const TranslateOptions& options) {
  return options.decoding.n_best - std::ssize(line.translation.translations);
}

void print(const StreamedLine& line, const TranslateOptions& options) {
  if (options.json) {
    auto translations = nlohmann::ordered_json::array();
    for (const Translation& t : line.translation.translations)
      translations.push_back({{"text", t.text},
                              {"score", t.score},
                              {"log_probability", t.log_probability},
                              {"complete", t.complete},
                              {"tokens", t.tokens},
                              {"token_log_probability", t.token_log_probability}});
    std::cout << text_of_json(nlohmann::ordered_json{{"line", line.number}, {"translations", translations}})
              << '\n';
    return;
  }
  for (const Translation& t : line.translation.translations) {
    if (options.scores) std::cout << fmt::format("{:.4f}\t", t.score);
    std::cout << t.text << '\n';
  }
  // Lines of the output belong to a line of the input by their number.
  for (Index missing = missing_of(line, options); missing > 0; --missing)
    std::cout << (options.scores ? "-inf\t\n" : "\n");
}

void warn(const StreamedLine& line) {
  if (!line.skipped.empty()) std::cerr << "heed: " << line.skipped << "; skipped\n";
  if (line.translation.parts > line.translation.sentences)
    std::cerr << "heed: line " << line.number << " is too long for one piece: it was translated in "
              << line.translation.parts << " parts\n";
}

void translate(const TranslateOptions& options) {
  const DecodingConfig& decoding = options.decoding;
  require_usage(decoding.sample || decoding.n_best <= decoding.beam, "--n-best ", decoding.n_best,
                " is more than the beam of ", decoding.beam, "; give --beam ", decoding.n_best, " or more");
  const Translator translator(options.model, options.machine.on.chosen_backend(), options.precision.type());
  LineReader reader(options.input);
  const auto [workers, threads] = options.machine.team();
  TranslationStream stream(
      translator,
      {.next = [&] { return reader.next(); }, .ready = [&](auto patience) { return reader.ready(patience); }},
      decoding,
      {.workers = workers,
       .threads = threads,
       .lines_at_once = options.lines_at_once,
       .invalid = options.skip_invalid ? InvalidLines::skip : InvalidLines::refuse});
  Index short_lists = 0, divided = 0;
  try {
    while (const auto line = stream.next()) {
      require_mapped_files_unchanged();
      warn(*line);
      print(*line, options);
      divided += line->translation.sentences > 1 ? 1 : 0;
      short_lists += missing_of(*line, options) > 0 ? 1 : 0;
      if (!stream.ready()) flush_standard_output();
    }
    tell_line_ends(reader);
  } catch (...) {
    std::cout.flush();  // what came before the line that failed
    throw;
  }
  if (divided > 0)
    std::cerr << "heed: " << divided << (divided == 1 ? " line was" : " lines were")
              << " longer than what the model learned from, and translated sentence by sentence; --no-split "
                 "takes lines whole\n";
  if (short_lists > 0)
    std::cerr << "heed: of " << short_lists << " lines there are fewer than " << decoding.n_best
              << " translations"
              << (options.json ? "\n" : "; empty lines stand for those that are missing\n");
}

}  // namespace

void add_translate(CLI::App& program) {
  CLI::App* command = program.add_subcommand("translate", "translate text, line by line");
  auto options = std::make_shared<TranslateOptions>();
  command->add_option("model", options->model, "the model's folder")->required()->option_text("MODEL");
  command->add_option("input", options->input, "text, plain or compressed; - or nothing: standard input")
      ->option_text("FILE");
  add_settings(*command, settings_of(*options, options->decoding));
  add_settings(*command, options->machine.settings());
  add_settings(*command, settings_of(options->precision));
  command->final_callback([options] { translate(*options); });
}

}  // namespace heed
