#include "heed/ngram/ngram_tree.h"

#include <algorithm>
#include <numeric>

#include "heed/base/error.h"

namespace heed {
namespace {

void require_numbers_left(std::size_t ngrams) {
  require<DataError>(ngrams < NgramTree::none, "n-grams: more than ", NgramTree::none,
                     " of one order; take a lower order or less text");
}

}  // namespace

NgramTree::NgramTree(Index words) : levels_(1) {
  levels_[0].words.resize(static_cast<std::size_t>(words));
  std::iota(levels_[0].words.begin(), levels_[0].words.end(), WordId{0});
}

NgramTree::Node NgramTree::child(Index order, Node node, WordId word) const {
  const auto [begin, end] = children(order, node);
  const WordId* words = level(order + 1).words.data();
  const WordId* found = std::lower_bound(words + begin, words + end, word);
  return found == words + end || *found != word ? none : static_cast<Node>(found - words);
}

NgramTree::Node NgramTree::find(std::span<const WordId> words) const {
  if (words.empty() || std::ssize(words) > order() || words[0] >= static_cast<WordId>(size(1))) return none;
  Node node = words[0];
  for (Index n = 1; n < std::ssize(words) && node != none; ++n)
    node = child(n, node, words[static_cast<std::size_t>(n)]);
  return node;
}

void NgramTree::add_order(std::span<const Node> parents, std::vector<WordId> words) {
  require_numbers_left(words.size());
  std::vector<Node>& begins = levels_.back().begins;
  begins.assign(levels_.back().words.size() + 1, 0);
  for (const Node parent : parents) ++begins[parent + 1];
  std::partial_sum(begins.begin(), begins.end(), begins.begin());
  levels_.push_back({std::move(words), {}});
}

Index NgramTree::bytes() const {
  std::size_t bytes = 0;
  for (const Level& level : levels_)
    bytes += level.words.capacity() * sizeof(WordId) + level.begins.capacity() * sizeof(Node);
  return static_cast<Index>(bytes);
}

NgramTreeBuilder::NgramTreeBuilder(Index words, Index order) {
  levels().resize(static_cast<std::size_t>(order));
  levels()[0].words.reserve(static_cast<std::size_t>(words));
  if (order > 1) levels()[0].begins.reserve(static_cast<std::size_t>(words) + 1);
  vocabulary_ = words;
}

void NgramTreeBuilder::add(std::span<const WordId> words) {
  const std::size_t common = static_cast<std::size_t>(
      std::mismatch(words.begin(), words.end(), last_.begin(), last_.end()).first - words.begin());
  for (std::size_t depth = common; depth < words.size(); ++depth) {
    if (depth == 0)
      fill_words(words[0] + std::size_t{1});
    else
      append(depth, words[depth]);
  }
  last_.assign(words.begin(), words.end());
}

NgramTree NgramTreeBuilder::finish() && {
  fill_words(static_cast<std::size_t>(vocabulary_));
  for (std::size_t depth = 0; depth < levels().size(); ++depth) {
    if (depth + 1 < levels().size())
      levels()[depth].begins.push_back(static_cast<NgramTree::Node>(levels()[depth + 1].words.size()));
    levels()[depth].words.shrink_to_fit();
    levels()[depth].begins.shrink_to_fit();
  }
  return std::move(tree_);
}

/// Single words are numbered whether they start an n-gram or not.
void NgramTreeBuilder::fill_words(std::size_t count) {
  while (levels()[0].words.size() < count) append(0, static_cast<WordId>(levels()[0].words.size()));
}

void NgramTreeBuilder::append(std::size_t depth, WordId word) {
  NgramTree::Level& level = levels()[depth];
  require_numbers_left(level.words.size());
  level.words.push_back(word);
  if (depth + 1 < levels().size())
    level.begins.push_back(static_cast<NgramTree::Node>(levels()[depth + 1].words.size()));
}

}  // namespace heed
