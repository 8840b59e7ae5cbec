#pragma once
#include <array>
#include <span>
#include <string_view>
#include <vector>

#include "heed/ngram/ngram_tree.h"

namespace heed {

/// What ARPA files call a probability of zero, as a decimal logarithm; what is no larger is taken for that.
inline constexpr float log10_zero = -99;
/// The probability of <unk> that a model without one gets, as KenLM has it: tiny, but no zero.
inline constexpr float log10_missing_unknown = -100;

/// A back-off n-gram language model: what an ARPA file holds. The probability of a word after others is that
/// of the longest n-gram it completes, times the back-off weights of the longer contexts that it was not seen
/// in. 16 bytes an n-gram, 8 at the highest order. Const and safe to share between threads.
class NgramModel {
 public:
  /// Decimal logarithms of the n-grams of one order, in the order of the tree.
  struct Level {
    std::vector<float> probabilities;
    std::vector<float> backoffs;  // empty at the highest order
  };

  NgramModel(Vocabulary vocabulary, NgramTree tree, std::vector<Level> levels);

  Index order() const { return tree_.order(); }
  const Vocabulary& vocabulary() const { return vocabulary_; }
  const NgramTree& tree() const { return tree_; }
  const Level& level(Index order) const { return levels_[static_cast<std::size_t>(order) - 1]; }
  /// Memory held, in bytes.
  Index bytes() const;

  /// The words that the next one's probability depends on: for each order the n-gram of the last n of them,
  /// or none.
  struct Context {
    std::array<NgramTree::Node, NgramTree::max_order - 1> nodes;
    Index length = 0;
  };
  Context empty() const { return {}; }
  /// After <s>.
  Context sentence_start() const;

  struct Prediction {
    float log10_probability = 0;
    Index order = 0;  // of the n-gram that gave it
    bool possible = true;
  };
  /// A word's probability; the context then ends with it.
  Prediction advance(Context& context, WordId word) const;

 private:
  Vocabulary vocabulary_;
  NgramTree tree_;
  std::vector<Level> levels_;
};

}  // namespace heed
