#include "heed/ngram/estimation.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>

#include "heed/base/error.h"

namespace heed {
namespace {

using Node = NgramTree::Node;

float log10_of(double probability) {
  return probability <= 0 ? log10_zero : static_cast<float>(std::min(0.0, std::log10(probability)));
}

void require_sentences(const CountedNgrams& counted, const char* what) {
  require<DataError>(counted.marks == SentenceMarks::both, what, ": counts without <s> and </s>");
  require<DataError>(counted.count(1, Vocabulary::end) > 0, what, ": no sentences to learn from");
}

/// For each n-gram of an order above 1 the one that is left without its first word.
std::vector<Node> shortened(const NgramTree& tree, Index order, const std::vector<Node>& of_parents) {
  std::vector<Node> result(static_cast<std::size_t>(tree.size(order)));
  for (Node parent = 0; parent < static_cast<Node>(tree.size(order - 1)); ++parent) {
    const auto [begin, end] = tree.children(order - 1, parent);
    if (order == 2) {
      for (Node node = begin; node < end; ++node) result[node] = tree.word(2, node);
      continue;
    }
    // Both sets of children are sorted, and one holds the other.
    Node among = tree.children(order - 2, of_parents[parent]).begin;
    for (Node node = begin; node < end; ++node) {
      while (tree.word(order - 1, among) != tree.word(order, node)) ++among;
      result[node] = among;
    }
  }
  return result;
}

/// Replaces the counts of an order by the numbers of different words in front, but for n-grams that start
/// with <s>: nothing ever stands there. `longer` leads from the next order to this one.
void count_what_precedes(const NgramTree& tree, Index order, const std::vector<Node>& longer,
                         std::vector<double>& counts) {
  std::vector<bool> begins(counts.size());
  if (order == 1) {
    begins[Vocabulary::begin] = true;
  } else {
    NgramTree::Range range{Vocabulary::begin, Vocabulary::begin + 1};
    for (Index n = 1; n < order && range.begin < range.end; ++n)
      range = {tree.children(n, range.begin).begin, tree.children(n, range.end - 1).end};
    std::fill(begins.begin() + range.begin, begins.begin() + range.end, true);
  }
  for (std::size_t node = 0; node < counts.size(); ++node)
    if (!begins[node]) counts[node] = 0;
  for (const Node node : longer)
    if (!begins[node]) ++counts[node];
}

Discounts discounts_of(const std::vector<double>& counts) {
  std::array<double, 5> having{};  // n-grams with each count
  for (const double count : counts)
    if (count < 5) ++having[static_cast<std::size_t>(count)];
  // Equation 26.
  Discounts result{{0.5, 1, 1.5}, true};
  if (having[1] == 0 || having[2] == 0 || having[3] == 0) return result;
  const double y = having[1] / (having[1] + 2 * having[2]);
  std::array<double, 3> amounts;
  for (std::size_t j = 1; j <= 3; ++j) {
    const auto count = static_cast<double>(j);
    amounts[j - 1] = count - (count + 1) * y * having[j + 1] / having[j];
    if (amounts[j - 1] < 0 || amounts[j - 1] > count) return result;
  }
  return {amounts, false};
}

/// What a context's n-grams count together, and the share of it that is left for shorter contexts.
struct Remainder {
  double total = 0, share = 1;

  Remainder(std::span<const double> counts, const Discounts& discounts) {
    double taken = 0;
    for (const double count : counts) {
      total += count;
      taken += discounts.of(count);
    }
    if (total > 0) share = taken / total;
  }
};

void to_logarithms(std::vector<float>& probabilities) {
  for (float& probability : probabilities) probability = log10_of(static_cast<double>(probability));
}

void estimate_words(CountedNgrams& counted, const Discounts& discounts, std::vector<float>& probabilities) {
  std::vector<double>& counts = counted.counts[0];
  const Remainder rest(counts, discounts);
  const double even = rest.share / static_cast<double>(counts.size() - 1);  // all words but <s>
  for (std::size_t word = 0; word < counts.size(); ++word)
    probabilities[word] = static_cast<float>((counts[word] - discounts.of(counts[word])) / rest.total + even);
  probabilities[Vocabulary::begin] = 0;
}

}  // namespace

KneserNeyModel kneser_ney(CountedNgrams counted) {
  require_sentences(counted, "Kneser-Ney smoothing");
  for (const auto& counts : counted.counts)
    for (const double count : counts)
      require<DataError>(count == std::floor(count),
                         "Kneser-Ney smoothing: a sentence counts a whole number of times, but weights give "
                         "an n-gram a count of ",
                         count, "; use whole weights, or no smoothing");
  const NgramTree& tree = counted.tree;
  const Index orders = counted.order();
  std::vector<NgramModel::Level> levels(static_cast<std::size_t>(orders));
  std::vector<Discounts> discounts;
  std::vector<Node> shorter, longer;  // from an order to the one below, and from the next to it
  for (Index n = 1; n <= orders; ++n) {
    std::vector<double>& counts = counted.counts[static_cast<std::size_t>(n) - 1];
    if (n < orders) {
      longer = shortened(tree, n + 1, shorter);
      count_what_precedes(tree, n, longer, counts);
    }
    if (n == 1) counts[Vocabulary::begin] = 0;  // nothing leads to it
    discounts.push_back(discounts_of(counts));
    std::vector<float>& probabilities = levels[static_cast<std::size_t>(n) - 1].probabilities;
    probabilities.resize(counts.size());
    if (n == 1) {
      estimate_words(counted, discounts[0], probabilities);
    } else {
      NgramModel::Level& below = levels[static_cast<std::size_t>(n) - 2];
      below.backoffs.resize(static_cast<std::size_t>(tree.size(n - 1)));
      for (Node context = 0; context < static_cast<Node>(tree.size(n - 1)); ++context) {
        const auto [begin, end] = tree.children(n - 1, context);
        const Remainder rest(std::span<const double>(counts).subspan(begin, end - begin), discounts.back());
        below.backoffs[context] = log10_of(rest.share);
        for (Node node = begin; node < end; ++node)
          probabilities[node] =
              static_cast<float>((counts[node] - discounts.back().of(counts[node])) / rest.total +
                                 rest.share * static_cast<double>(below.probabilities[shorter[node]]));
      }
      to_logarithms(below.probabilities);
    }
    std::vector<double>().swap(counts);
    shorter = std::move(longer);
  }
  to_logarithms(levels.back().probabilities);
  return {NgramModel(std::move(counted.vocabulary), std::move(counted.tree), std::move(levels)),
          std::move(discounts)};
}

NgramModel unsmoothed(CountedNgrams counted) {
  require_sentences(counted, "n-grams");
  const NgramTree& tree = counted.tree;
  std::vector<NgramModel::Level> levels(static_cast<std::size_t>(counted.order()));
  std::vector<double>& words = counted.counts[0];
  words[Vocabulary::begin] = 0;
  const double total = std::accumulate(words.begin(), words.end(), 0.0);
  for (const double count : words) levels[0].probabilities.push_back(log10_of(count / total));
  for (Index n = 2; n <= counted.order(); ++n) {
    const std::vector<double>& counts = counted.counts[static_cast<std::size_t>(n) - 1];
    NgramModel::Level &level = levels[static_cast<std::size_t>(n) - 1],
                      &below = levels[static_cast<std::size_t>(n) - 2];
    level.probabilities.resize(counts.size());
    for (Node context = 0; context < static_cast<Node>(tree.size(n - 1)); ++context) {
      const auto [begin, end] = tree.children(n - 1, context);
      const double all = std::accumulate(counts.begin() + begin, counts.begin() + end, 0.0);
      below.backoffs.push_back(begin == end ? 0 : log10_zero);
      for (Node node = begin; node < end; ++node) level.probabilities[node] = log10_of(counts[node] / all);
    }
  }
  return NgramModel(std::move(counted.vocabulary), std::move(counted.tree), std::move(levels));
}

}  // namespace heed
