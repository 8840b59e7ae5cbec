#include "heed/metrics/bleu.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "heed/base/error.h"
#include "heed/base/parallel.h"
#include "heed/metrics/character_tokenizers.h"
#include "heed/metrics/characters.h"
#include "heed/metrics/mecab.h"
#include "heed/metrics/mteval.h"
#include "heed/metrics/ngrams.h"
#include "heed/metrics/signature.h"
#include "heed/text/lowercased.h"

namespace heed {
namespace {

/// What one segment, or a corpus of them, brings to BLEU.
struct BleuStatistics {
  Index hypothesis_length = 0, reference_length = 0;
  std::vector<Index> matches, totals;  // by order
};

std::string tokenize(std::string_view segment, BleuTokenization tokenization) {
  switch (tokenization) {
    case BleuTokenization::mteval_13a:
      return tokenize_13a(segment);
    case BleuTokenization::intl:
      return tokenize_international(segment);
    case BleuTokenization::zh:
      return tokenize_chinese(segment);
    case BleuTokenization::character:
      return tokenize_characters(segment);
    case BleuTokenization::japanese_mecab:
      return tokenize_by_mecab(segment, MecabLanguage::japanese);
    case BleuTokenization::korean_mecab:
      return tokenize_by_mecab(segment, MecabLanguage::korean);
    case BleuTokenization::none:
      break;
  }
  return std::string(segment);
}

/// As sacreBLEU signs it: with the version of MeCab and the name of its dictionary.
std::string signed_name(BleuTokenization tokenization) {
  std::string name(enum_name(tokenization));
  if (tokenization == BleuTokenization::japanese_mecab)
    name += '-' + mecab_signature(MecabLanguage::japanese);
  if (tokenization == BleuTokenization::korean_mecab) name += '-' + mecab_signature(MecabLanguage::korean);
  return name;
}

std::string prepare(const std::string& segment, const BleuOptions& options) {
  const std::string cased = options.lowercase ? lowercased(segment) : segment;
  return tokenize(without_trailing_space(cased), options.tokenization);
}

Index closest_length(Index length, std::span<const std::vector<Token>> references) {
  Index closest = std::numeric_limits<Index>::max() / 2;
  for (const auto& reference : references) {
    const auto candidate = static_cast<Index>(reference.size());
    const Index distance = std::abs(candidate - length), best = std::abs(closest - length);
    if (distance < best || (distance == best && candidate < closest)) closest = candidate;
  }
  return closest;
}

/// For every n-gram, how often the reference that has it most often has it.
std::vector<std::int32_t> most_generous(std::span<const std::vector<std::int32_t>> references) {
  std::vector<std::int32_t> most = references.front();
  for (const auto& counts : references.subspan(1))
    std::ranges::transform(most, counts, most.begin(), [](auto a, auto b) { return std::max(a, b); });
  return most;
}

BleuStatistics compare_ngrams(const std::string& hypothesis, const References& references,
                              std::size_t segment, const BleuOptions& options) {
  std::vector<std::string> texts{prepare(hypothesis, options)};
  for (const auto& stream : references) texts.push_back(prepare(stream[segment], options));
  std::vector<std::vector<std::string_view>> split;
  for (const std::string& text : texts) split.push_back(words(text));
  const auto tokens = number_words(split);

  BleuStatistics statistics;
  statistics.hypothesis_length = static_cast<Index>(tokens[0].size());
  statistics.reference_length = closest_length(statistics.hypothesis_length, std::span(tokens).subspan(1));
  for (const NgramCounts& counts : count_ngrams(tokens, options.orders)) {
    statistics.matches.push_back(count_matches(counts[0], most_generous(std::span(counts).subspan(1))));
    statistics.totals.push_back(count_all(counts[0]));
  }
  return statistics;
}

BleuStatistics sum(std::span<const BleuStatistics> segments, Index orders) {
  BleuStatistics total;
  total.matches.resize(static_cast<std::size_t>(orders));
  total.totals.resize(static_cast<std::size_t>(orders));
  for (const BleuStatistics& segment : segments) {
    total.hypothesis_length += segment.hypothesis_length;
    total.reference_length += segment.reference_length;
    std::ranges::transform(total.matches, segment.matches, total.matches.begin(), std::plus<>());
    std::ranges::transform(total.totals, segment.totals, total.totals.begin(), std::plus<>());
  }
  return total;
}

double smoothing_value(const BleuOptions& options) {
  return options.smoothing_value.value_or(options.smoothing == BleuSmoothing::floor ? 0.1 : 1.0);
}

double brevity_penalty(Index hypothesis, Index reference) {
  if (hypothesis >= reference) return 1;
  if (hypothesis == 0) return 0;
  return std::exp(1 - static_cast<double>(reference) / static_cast<double>(hypothesis));
}

/// The precisions by order, zero where undefined, and how many orders the score averages over.
std::pair<std::vector<double>, std::size_t> precisions(const BleuStatistics& statistics,
                                                       const BleuOptions& options) {
  const std::size_t orders = statistics.matches.size();
  std::vector<double> result(orders, 0.0);
  const double value = smoothing_value(options);
  double halvings = 1;
  std::size_t effective = orders;
  for (std::size_t n = 0; n < orders; ++n) {
    const double extra = options.smoothing == BleuSmoothing::add_k && n > 0 ? value : 0;
    const double matches = static_cast<double>(statistics.matches[n]) + extra;
    const double total = static_cast<double>(statistics.totals[n]) + extra;
    if (total == 0) break;
    if (options.effective_order) effective = n + 1;
    if (matches != 0) {
      result[n] = 100 * matches / total;
    } else if (options.smoothing == BleuSmoothing::exponential) {
      result[n] = 100 / ((halvings *= 2) * total);
    } else if (options.smoothing == BleuSmoothing::floor) {
      result[n] = 100 * value / total;
    }
  }
  return {result, effective};
}

double geometric_mean(std::span<const double> values) {
  double sum_of_logarithms = 0;
  // A zero makes the mean zero: exp of this is 0.
  for (double value : values) sum_of_logarithms += value == 0 ? -9999999999 : std::log(value);
  return std::exp(sum_of_logarithms / static_cast<double>(values.size()));
}

std::string smoothing_name(const BleuOptions& options) {
  switch (options.smoothing) {
    case BleuSmoothing::none:
      return "none";
    case BleuSmoothing::floor:
      return fmt::format("floor[{:.2f}]", smoothing_value(options));
    case BleuSmoothing::add_k:
      return fmt::format("add-k[{:.2f}]", smoothing_value(options));
    case BleuSmoothing::exponential:
      break;
  }
  return "exp";
}

}  // namespace

void require_tokenization(BleuTokenization tokenization) {
  if (tokenization == BleuTokenization::japanese_mecab) require_mecab(MecabLanguage::japanese);
  if (tokenization == BleuTokenization::korean_mecab) require_mecab(MecabLanguage::korean);
}

BleuScore bleu(std::span<const std::string> hypotheses, const References& references,
               const BleuOptions& options) {
  require<ConfigError>(options.orders >= 1, "bleu: orders of ", options.orders, "; it must be 1 or more");
  require<ConfigError>(smoothing_value(options) >= 0, "bleu: smoothing value of ", smoothing_value(options),
                       "; it must not be negative");
  check_segments("bleu", hypotheses, references);
  require_tokenization(options.tokenization);

  std::vector<BleuStatistics> segments(hypotheses.size());
  parallel_for(static_cast<Index>(hypotheses.size()), 64, [&](Index begin, Index end) {
    for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i)
      segments[i] = compare_ngrams(hypotheses[i], references, i, options);
  });
  const BleuStatistics corpus = sum(segments, options.orders);

  BleuScore score{.matches = corpus.matches,
                  .totals = corpus.totals,
                  .precisions = std::vector<double>(corpus.matches.size(), 0.0),
                  .brevity_penalty = brevity_penalty(corpus.hypothesis_length, corpus.reference_length),
                  .hypothesis_length = corpus.hypothesis_length,
                  .reference_length = corpus.reference_length,
                  .options = options,
                  .reference_count = static_cast<Index>(references.size())};
  // Without a single match there is nothing that smoothing could make sense of.
  if (std::ranges::all_of(corpus.matches, [](Index n) { return n == 0; })) return score;
  const auto [by_order, effective] = precisions(corpus, options);
  score.precisions = by_order;
  score.score = score.brevity_penalty * geometric_mean(std::span(by_order).first(effective));
  return score;
}

std::string bleu_tokenize(std::string_view segment, BleuTokenization tokenization) {
  return single_spaced(tokenize(without_trailing_space(segment), tokenization));
}

std::string BleuScore::details() const {
  const double ratio = reference_length == 0
                           ? 0
                           : static_cast<double>(hypothesis_length) / static_cast<double>(reference_length);
  return fmt::format("{:.1f} (BP = {:.3f} ratio = {:.3f} hyp_len = {} ref_len = {})",
                     fmt::join(precisions, "/"), brevity_penalty, ratio, hypothesis_length, reference_length);
}

std::string BleuScore::text(int decimals) const {
  return fmt::format("{} = {:.{}f} {}", name(), score, decimals, details());
}

std::string BleuScore::signature() const {
  return make_signature({{"nrefs", std::to_string(reference_count)},
                         {"case", options.lowercase ? "lc" : "mixed"},
                         {"eff", options.effective_order ? "yes" : "no"},
                         {"tok", signed_name(options.tokenization)},
                         {"smooth", smoothing_name(options)}});
}

}  // namespace heed
