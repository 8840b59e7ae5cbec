#include "heed/metrics/chrf.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <vector>

#include "heed/base/error.h"
#include "heed/base/parallel.h"
#include "heed/metrics/characters.h"
#include "heed/metrics/ngrams.h"
#include "heed/metrics/signature.h"
#include "heed/text/ascii.h"
#include "heed/text/lowercased.h"

namespace heed {
namespace {

struct OrderStatistics {
  Index hypothesis = 0, reference = 0, matches = 0;
};
/// The orders of characters, then those of words.
using ChrfStatistics = std::vector<OrderStatistics>;

std::vector<Token> characters(std::string_view text, bool whitespace) {
  std::vector<Token> tokens;
  for (char32_t c : code_points(text))
    if (whitespace || !is_space(c)) tokens.push_back(static_cast<Token>(c));
  return tokens;
}

/// Words with one mark split off, at the end or else at the start: "(hi)" gives "(hi" and ")".
std::vector<std::string_view> words_and_punctuation(std::string_view text) {
  std::vector<std::string_view> result;
  for (std::string_view word : words(text)) {
    // Only ASCII is split off, so a word of several bytes that begins or ends with it has several characters.
    if (word.size() > 1 && is_ascii_punctuation(word.back())) {
      result.push_back(word.substr(0, word.size() - 1));
      result.push_back(word.substr(word.size() - 1));
    } else if (word.size() > 1 && is_ascii_punctuation(word.front())) {
      result.push_back(word.substr(0, 1));
      result.push_back(word.substr(1));
    } else {
      result.push_back(word);
    }
  }
  return result;
}

/// Adds the statistics of all orders to those of each reference: references[r] compares sequences 0 and r
/// + 1.
void compare(const std::vector<std::vector<Token>>& sequences, Index orders,
             std::vector<ChrfStatistics>& references) {
  for (const NgramCounts& counts : count_ngrams(sequences, orders))
    for (std::size_t r = 0; r < references.size(); ++r) {
      const Index in_reference = count_all(counts[r + 1]);
      // Where a reference is too short to have n-grams, those of the hypothesis do not count.
      references[r].push_back({.hypothesis = in_reference == 0 ? 0 : count_all(counts[0]),
                               .reference = in_reference,
                               .matches = count_matches(counts[0], counts[r + 1])});
    }
}

double ratio_or(Index part, Index whole, double otherwise) {
  return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole) : otherwise;
}

double f_score(double precision, double recall, double factor, double otherwise) {
  const double denominator = factor * precision + recall;
  return denominator > 0 ? (1 + factor) * precision * recall / denominator : otherwise;
}

/// The mean of the orders' F-scores; an undefined one counts as almost zero.
double mean_of_f_scores(const ChrfStatistics& statistics, double factor) {
  constexpr double epsilon = 1e-16;
  double sum = 0;
  for (const auto& [hypothesis, reference, matches] : statistics)
    sum += f_score(ratio_or(matches, hypothesis, epsilon), ratio_or(matches, reference, epsilon), factor,
                   epsilon);
  return 100 * sum / static_cast<double>(statistics.size());
}

/// The F-score of the orders' mean precision and recall, over the orders that both sides are long enough for.
double f_score_of_means(const ChrfStatistics& statistics, double factor) {
  double precision = 0, recall = 0;
  Index orders = 0;
  for (const auto& [hypothesis, reference, matches] : statistics) {
    if (hypothesis == 0 || reference == 0) continue;
    precision += static_cast<double>(matches) / static_cast<double>(hypothesis);
    recall += static_cast<double>(matches) / static_cast<double>(reference);
    ++orders;
  }
  if (orders == 0) return 0;
  return 100 *
         f_score(precision / static_cast<double>(orders), recall / static_cast<double>(orders), factor, 0);
}

double score_of(const ChrfStatistics& statistics, const ChrfOptions& options) {
  const auto factor = static_cast<double>(options.beta * options.beta);
  return options.epsilon_smoothing ? mean_of_f_scores(statistics, factor)
                                   : f_score_of_means(statistics, factor);
}

/// What a segment brings to the corpus: the statistics against the reference it is most like.
ChrfStatistics compare_segment(const std::string& hypothesis, const References& references,
                               std::size_t segment, const ChrfOptions& options) {
  std::vector<std::string> texts{hypothesis};
  for (const auto& stream : references) texts.push_back(stream[segment]);
  if (options.lowercase)
    for (std::string& text : texts) text = lowercased(text);

  std::vector<ChrfStatistics> by_reference(references.size());
  std::vector<std::vector<Token>> sequences;
  for (const std::string& text : texts) sequences.push_back(characters(text, options.whitespace));
  compare(sequences, options.character_order, by_reference);
  if (options.word_order > 0) {
    std::vector<std::vector<std::string_view>> split;
    for (const std::string& text : texts) split.push_back(words_and_punctuation(text));
    compare(number_words(split), options.word_order, by_reference);
  }
  return *std::ranges::max_element(by_reference, {}, [&](const auto& s) { return score_of(s, options); });
}

}  // namespace

ChrfScore chrf(std::span<const std::string> hypotheses, const References& references,
               const ChrfOptions& options) {
  require<ConfigError>(options.character_order >= 0 && options.word_order >= 0 &&
                           options.character_order + options.word_order > 0,
                       "chrf: character order ", options.character_order, " and word order ",
                       options.word_order, "; neither may be negative, and one must be above 0");
  require<ConfigError>(options.beta >= 0, "chrf: beta of ", options.beta, "; it must not be negative");
  check_segments("chrf", hypotheses, references);

  std::vector<ChrfStatistics> segments(hypotheses.size());
  parallel_for(static_cast<Index>(hypotheses.size()), 64, [&](Index begin, Index end) {
    for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i)
      segments[i] = compare_segment(hypotheses[i], references, i, options);
  });
  ChrfStatistics corpus(segments.front().size());
  for (const ChrfStatistics& segment : segments)
    for (std::size_t order = 0; order < corpus.size(); ++order) {
      corpus[order].hypothesis += segment[order].hypothesis;
      corpus[order].reference += segment[order].reference;
      corpus[order].matches += segment[order].matches;
    }
  return {.score = score_of(corpus, options),
          .options = options,
          .reference_count = static_cast<Index>(references.size())};
}

std::string ChrfScore::name() const {
  return fmt::format("chrF{}{:+>{}}", options.beta, "", options.word_order);
}

std::string ChrfScore::text(int decimals) const {
  return fmt::format("{} = {:.{}f}", name(), score, decimals);
}

std::string ChrfScore::signature() const {
  return make_signature({{"nrefs", std::to_string(reference_count)},
                         {"case", options.lowercase ? "lc" : "mixed"},
                         {"eff", options.epsilon_smoothing ? "no" : "yes"},
                         {"nc", std::to_string(options.character_order)},
                         {"nw", std::to_string(options.word_order)},
                         {"space", options.whitespace ? "yes" : "no"}});
}

}  // namespace heed
