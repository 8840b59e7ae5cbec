#include <fmt/format.h>

#include <algorithm>
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
#include "heed/serving/translation_stream.h"

namespace heed {
namespace {

struct TranslateOptions {
  std::filesystem::path model, input = "-", glossary;
  std::vector<std::filesystem::path> ensemble;
  bool scores = false, json = false, skip_invalid = false;
  Index lines_at_once = StreamOptions().lines_at_once;
  DecodingConfig decoding;
  Steering steering;
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

nlohmann::ordered_json json_of(const TextSpan& span) { return {span.begin, span.end}; }

nlohmann::ordered_json json_of(const Translation& t, const TranslateOptions& options) {
  nlohmann::ordered_json json{
      {"text", t.text},         {"score", t.score},   {"log_probability", t.log_probability},
      {"complete", t.complete}, {"tokens", t.tokens}, {"token_log_probability", t.token_log_probability}};
  if (t.degeneration != Degeneration::none) json["degeneration"] = enum_name(t.degeneration);
  if (!t.terms.empty()) {
    auto& terms = json["terms"] = nlohmann::ordered_json::array();
    for (const TermOutcome& term : t.terms) {
      auto& entry = terms.emplace_back(nlohmann::ordered_json::object());
      if (!term.source.empty()) entry["source"] = term.source;
      entry["target"] = term.target;
      entry["met"] = term.met;
    }
  }
  if (!options.decoding.alignments) return json;
  const auto list_of = [](const std::vector<TextSpan>& spans) {
    auto list = nlohmann::ordered_json::array();
    for (const TextSpan& span : spans) list.push_back(json_of(span));
    return list;
  };
  json["token_spans"] = list_of(t.token_spans);
  auto& token_links = json["token_links"] = nlohmann::ordered_json::array();
  for (const auto& [target, source] : t.token_links)
    token_links.push_back({{"source", json_of(source)}, {"target", json_of(target)}});
  auto& word_links = json["word_links"] = nlohmann::ordered_json::array();
  for (const auto& [source, target] : t.words.links)
    word_links.push_back({{"source", json_of(t.words.source_words[static_cast<std::size_t>(source)])},
                          {"target", json_of(t.words.target_words[static_cast<std::size_t>(target)])}});
  json["alignment"] = t.words.pharaoh();
  return json;
}

void print(const StreamedLine& line, const TranslateOptions& options) {
  if (options.json) {
    auto translations = nlohmann::ordered_json::array();
    for (const Translation& t : line.translation.translations) translations.push_back(json_of(t, options));
    std::cout << text_of_json(nlohmann::ordered_json{{"line", line.number}, {"translations", translations}})
              << '\n';
    return;
  }
  for (const Translation& t : line.translation.translations) {
    if (options.scores) std::cout << fmt::format("{:.4f}\t", t.score);
    std::cout << t.text;
    if (options.decoding.alignments) std::cout << '\t' << t.words.pharaoh();
    std::cout << '\n';
  }
  // Lines of the output belong to a line of the input by their number.
  for (Index missing = missing_of(line, options); missing > 0; --missing)
    std::cout << (options.scores ? "-inf\t" : "") << (options.decoding.alignments ? "\t\n" : "\n");
}

/// What became of all that was asked of the translations' text.
class Tally {
 public:
  void add(const TranslatedLine& line) {
    if (line.translations.empty()) return;
    const Translation& best = line.translations.front();
    degenerate_ += best.degeneration != Degeneration::none ? 1 : 0;
    terms_ += std::ssize(best.terms);
    missed_ += std::ranges::count(best.terms, false, &TermOutcome::met);
  }
  void tell(std::ostream& out) const {
    if (terms_ > 0)
      out << "heed: " << terms_ - missed_ << " of " << terms_ << " terms stand in the translations\n";
    if (degenerate_ > 0)
      out << "heed: " << degenerate_
          << (degenerate_ == 1 ? " translation repeats itself or copies its"
                               : " translations repeat themselves or copy their")
          << " source, for want of a better one; a wider --beam finds more\n";
  }

 private:
  Index degenerate_ = 0, terms_ = 0, missed_ = 0;
};

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
  Steering steering = options.steering;
  if (!options.glossary.empty())
    steering.glossary = std::make_shared<const Glossary>(Glossary::open(options.glossary));
  require_usage(!decoding.sample || (steering.empty() && !decoding.alternatives),
                "--sample draws at random: it takes no --target-prefix, --terms, --suppress, --glossary or "
                "--alternatives");
  const Translator translator(options.model, options.machine.on.chosen_backend(), options.precision.type(),
                              options.ensemble);
  if (decoding.alignments && !translator.alignment_head().known())
    std::cerr << "heed: " << options.model.string()
              << " does not say which head aligns words best; all of them together are rougher (train on for "
                 "a moment to have it found)\n";
  LineReader reader(options.input);
  const auto [workers, threads] = options.machine.team();
  TranslationStream stream(
      translator,
      {.next = [&] { return reader.next(); }, .ready = [&](auto patience) { return reader.ready(patience); }},
      decoding,
      {.workers = workers,
       .threads = threads,
       .lines_at_once = options.lines_at_once,
       .invalid = options.skip_invalid ? InvalidLines::skip : InvalidLines::refuse,
       .steering = steering});
  Tally tally;
  Index short_lists = 0, divided = 0;
  try {
    while (const auto line = stream.next()) {
      require_mapped_files_unchanged();
      warn(*line);
      print(*line, options);
      tally.add(line->translation);
      divided += line->translation.sentences > 1 ? 1 : 0;
      short_lists += missing_of(*line, options) > 0 ? 1 : 0;
      if (!stream.ready()) flush_standard_output();
    }
    tell_line_ends(reader);
  } catch (...) {
    std::cout.flush();  // what came before the line that failed
    throw;
  }
  tally.tell(std::cerr);
  if (divided > 0)
    std::cerr << "heed: " << divided << (divided == 1 ? " line was" : " lines were")
              << " longer than what the model learned from, and translated sentence by sentence; --no-split "
                 "takes lines whole\n";
  if (short_lists > 0)
    std::cerr << "heed: of " << short_lists << " lines there are fewer than " << decoding.n_best
              << " translations"
              << (options.json ? "\n" : "; empty lines stand for those that are missing\n");
}

void add(CLI::App* command, const DecodingConfig& decoding) {
  auto options = std::make_shared<TranslateOptions>();
  options->decoding = decoding;
  command->add_option("model", options->model, "the model's folder")->required()->option_text("MODEL");
  command->add_option("input", options->input, "text, plain or compressed; - or nothing: standard input")
      ->option_text("FILE");
  command
      ->add_option("--ensemble", options->ensemble,
                   "further models that decide together with the first: the mean of all log-probabilities")
      ->option_text("MODEL");
  command
      ->add_option(
          "--glossary", options->glossary,
          "table of two columns: terms of the source, and the translations that must appear for them")
      ->option_text("FILE");
  add_settings(*command, settings_of(*options, options->decoding, options->steering));
  add_settings(*command, options->machine.settings());
  add_settings(*command, settings_of(options->precision));
  command->final_callback([options] { translate(*options); });
}

}  // namespace

void add_translate(CLI::App& program) {
  add(program.add_subcommand("translate", "translate text, line by line"), {});
}

void add_summarize(CLI::App& program) {
  add(program.add_subcommand("summarize", "summarize texts, one a line"), summarizing());
}

}  // namespace heed
