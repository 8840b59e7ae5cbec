#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/flags.h"
#include "cli/line_note.h"
#include "heed/base/json_text.h"
#include "heed/io/line_reader.h"
#include "heed/metrics/bleu.h"
#include "heed/metrics/characters.h"
#include "heed/metrics/chrf.h"
#include "heed/metrics/exact_match.h"
#include "heed/metrics/rouge.h"
#include "heed/metrics/ter.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

enum class Metric { bleu, chrf, chrf_plus_plus, ter, exact, rouge };

}  // namespace

template <>
struct EnumNames<Metric> {
  static constexpr std::array names{std::pair{"bleu", Metric::bleu},
                                    std::pair{"chrf", Metric::chrf},
                                    std::pair{"chrf++", Metric::chrf_plus_plus},
                                    std::pair{"ter", Metric::ter},
                                    std::pair{"exact", Metric::exact},
                                    std::pair{"rouge", Metric::rouge}};
};

namespace {

struct EvaluateOptions {
  std::vector<std::filesystem::path> references;
  std::filesystem::path hypotheses = "-";
  std::vector<Metric> metric{Metric::bleu, Metric::chrf};
  BleuTokenization tokenization = BleuTokenization::mteval_13a;
  bool lowercase = false, stem = false, json = false;
  Index decimals = 2;

  static constexpr auto fields() {
    using E = EvaluateOptions;
    return std::tuple(
        field("metric", &E::metric, "metrics to compute, one or more, after HYPOTHESES"),
        field("tokenization", &E::tokenization,
              "tokenization of BLEU, as sacreBLEU's: zh for Chinese, char for other text without "
              "spaces between words, ja-mecab for Japanese where MeCab is installed"),
        field("lowercase", &E::lowercase, "ignore case (TER always does)"),
        field("stem", &E::stem, "compare English words by their stems for ROUGE"),
        field("decimals", &E::decimals, "number of decimal places", {0, 12}),
        field("json", &E::json, "print JSON, as sacreBLEU does"));
  }
};

/// A score in sacreBLEU's parts.
struct Report {
  std::string name, signature, score, details;
};

/// The lines of a file without white space at their ends: metrics do not see it, chrF with white space apart.
std::vector<std::string> read_segments(const std::filesystem::path& path) {
  LineReader reader(path);
  std::vector<std::string> segments;
  while (const auto line = reader.next()) {
    require_utf8(*line, reader.where(), "convert the file to UTF-8");
    segments.emplace_back(without_trailing_space(*line));
  }
  tell_line_ends(reader);
  require<DataError>(!segments.empty(), reader.name(), ": no lines: there is nothing to score");
  return segments;
}

void check_lengths(const EvaluateOptions& options, std::size_t hypotheses, const References& references) {
  for (std::size_t r = 0; r < references.size(); ++r) {
    const std::size_t lines = references[r].size();
    require<DataError>(lines == hypotheses, "evaluate: ", options.hypotheses.string(), " has ", hypotheses,
                       " lines, ", options.references[r].string(), " has ", lines, "; line ",
                       std::min(lines, hypotheses) + 1, " has no counterpart");
  }
}

template <class Score>
Report report(const Score& score, const EvaluateOptions& options) {
  return {score.name(), score.signature(), fmt::format("{:.{}f}", score.score, options.decimals),
          score.details()};
}

/// Three measures, which are always told together.
std::vector<Report> rouge_reports(const std::vector<std::string>& hypotheses, const References& references,
                                  const EvaluateOptions& options) {
  const RougeScores scores = rouge(hypotheses, references, {.stem = options.stem});
  std::vector<Report> reports;
  for (const auto& [name, score] :
       {std::pair{"ROUGE-1", scores.rouge_1}, std::pair{"ROUGE-2", scores.rouge_2},
        std::pair{"ROUGE-L", scores.rouge_l}})
    reports.push_back({name, scores.signature(), fmt::format("{:.{}f}", score, options.decimals), ""});
  return reports;
}

Report evaluate(Metric metric, const std::vector<std::string>& hypotheses, const References& references,
                const EvaluateOptions& options) {
  switch (metric) {
    case Metric::bleu:
      return report(bleu(hypotheses, references,
                         {.tokenization = options.tokenization, .lowercase = options.lowercase}),
                    options);
    case Metric::chrf:
      return report(chrf(hypotheses, references, {.lowercase = options.lowercase}), options);
    case Metric::chrf_plus_plus:
      return report(chrf(hypotheses, references, {.word_order = 2, .lowercase = options.lowercase}), options);
    case Metric::ter:
      return report(ter(hypotheses, references), options);
    case Metric::exact:
    case Metric::rouge:
      break;
  }
  return report(exact_match(hypotheses, references, {.lowercase = options.lowercase}), options);
}

/// One line a score, the equals signs below each other.
void print_lines(const std::vector<Report>& reports) {
  const auto label = [](const Report& r) { return r.name + '|' + r.signature; };
  std::size_t width = 0;
  for (const Report& r : reports) width = std::max(width, label(r).size());
  for (const Report& r : reports)
    std::cout << fmt::format("{:>{}} = {}{}{}\n", label(r), width, r.score, r.details.empty() ? "" : " ",
                             r.details);
}

nlohmann::ordered_json json_of(const Report& r) {
  nlohmann::ordered_json json{{"name", r.name}, {"score", std::stod(r.score)}, {"signature", r.signature}};
  if (!r.details.empty()) json["verbose_score"] = r.details;
  for (const std::string& setting : CLI::detail::split(r.signature, '|')) {
    const std::size_t colon = setting.find(':');
    json[setting.substr(0, colon)] = setting.substr(colon + 1);
  }
  return json;
}

void evaluate(const EvaluateOptions& options) {
  References references;
  for (const auto& path : options.references) references.push_back(read_segments(path));
  const std::vector<std::string> hypotheses = read_segments(options.hypotheses);
  check_lengths(options, hypotheses.size(), references);

  std::vector<Report> reports;
  for (const Metric metric : options.metric) {
    if (metric != Metric::rouge) {
      reports.push_back(evaluate(metric, hypotheses, references, options));
      continue;
    }
    for (Report& report : rouge_reports(hypotheses, references, options))
      reports.push_back(std::move(report));
  }
  if (!options.json) return print_lines(reports);
  auto json = nlohmann::ordered_json::array();
  for (const Report& r : reports) json.push_back(json_of(r));
  std::cout << text_of_json((json.size() == 1 ? json.front() : json), 1) << '\n';
}

}  // namespace

void add_evaluate(CLI::App& program) {
  CLI::App* command = program.add_subcommand("evaluate", "compare translations with references");
  auto options = std::make_shared<EvaluateOptions>();
  command
      ->add_option("hypotheses", options->hypotheses,
                   "translations, plain or compressed; - or nothing: standard input")
      ->option_text("HYPOTHESES");
  command->add_option("--reference", options->references, "a reference; give the flag again for another")
      ->required()
      ->allow_extra_args(false)
      ->option_text("FILE");
  add_settings(*command, settings_of(*options));
  command->get_option("--metric")->allow_extra_args();  // --metric bleu ter, as well as bleu,ter
  command->final_callback([options] { evaluate(*options); });
}

}  // namespace heed
