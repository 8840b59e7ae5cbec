#pragma once
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "heed/ngram/vocabulary.h"

namespace heed {

/// n-grams of all orders up to one as a tree: the children of an n-gram are those that continue it by a word.
/// Each order is one sorted array, eight bytes an n-gram, four at the highest order.
class NgramTree {
 public:
  /// An n-gram's place among those of its order. That of a single word is the word's id.
  using Node = std::uint32_t;
  static constexpr Node none = 0xFFFFFFFF;
  static constexpr Index max_order = 10;

  /// `words` single words, no longer n-grams.
  explicit NgramTree(Index words);

  Index order() const { return static_cast<Index>(levels_.size()); }
  /// n-grams of an order.
  Index size(Index order) const { return std::ssize(level(order).words); }
  /// The last word of an n-gram.
  WordId word(Index order, Node node) const { return level(order).words[node]; }

  struct Range {
    Node begin = 0, end = 0;
  };
  /// Those that continue an n-gram by one word, in the order of words.
  Range children(Index order, Node node) const {
    const std::vector<Node>& begins = level(order).begins;
    return {begins[node], begins[node + 1]};
  }
  /// The one that continues it by this word, or none.
  Node child(Index order, Node node, WordId word) const;
  /// The n-gram of these words, or none.
  Node find(std::span<const WordId> words) const;

  /// Calls visit(words, node) for every n-gram of an order, sorted by the ids of the words.
  template <class Visit>
  void for_each(Index order, const Visit& visit) const {
    std::vector<WordId> words(static_cast<std::size_t>(order));
    walk(1, {0, static_cast<Node>(size(1))}, words, visit);
  }

  /// Gives the tree one order more. `parents` are nodes of the order that was highest, ascending; `words` the
  /// words that continue them, ascending where the parent is the same.
  void add_order(std::span<const Node> parents, std::vector<WordId> words);

  /// Memory held, in bytes.
  Index bytes() const;

 private:
  friend class NgramTreeBuilder;
  struct Level {
    std::vector<WordId> words;
    std::vector<Node> begins;  // of the children of each, and where those of the last end; empty: no children
  };
  NgramTree() = default;

  const Level& level(Index order) const { return levels_[static_cast<std::size_t>(order) - 1]; }

  template <class Visit>
  void walk(Index depth, Range range, std::vector<WordId>& words, const Visit& visit) const {
    for (Node node = range.begin; node < range.end; ++node) {
      words[static_cast<std::size_t>(depth) - 1] = word(depth, node);
      if (depth == std::ssize(words))
        visit(std::span<const WordId>(words), node);
      else
        walk(depth + 1, children(depth, node), words, visit);
    }
  }

  std::vector<Level> levels_;
};

/// Makes a tree from n-grams that come sorted by their ids.
class NgramTreeBuilder {
 public:
  NgramTreeBuilder(Index words, Index order);

  /// The words from one place of a text on, as many as the tree's order, or fewer at the end of a sentence.
  /// Adds what the last call did not bring along; node(n) is then the n-gram of its first n words.
  void add(std::span<const WordId> words);
  NgramTree::Node node(Index order) const {
    return static_cast<NgramTree::Node>(tree_.level(order).words.size() - 1);
  }
  NgramTree finish() &&;

 private:
  std::vector<NgramTree::Level>& levels() { return tree_.levels_; }
  void fill_words(std::size_t count);
  void append(std::size_t depth, WordId word);

  NgramTree tree_;
  Index vocabulary_ = 0;
  std::vector<WordId> last_;
};

}  // namespace heed
