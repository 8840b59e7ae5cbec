#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "heed/base/fields.h"
#include "heed/lesson/attention/mask_attention.h"
#include "heed/nn/parameters.h"

namespace heed {

/// How attention is learned from a few sentences.
struct AttentionTraining {
  Index width = 16;
  Index updates = 300;
  double learning_rate = 0.03;
  std::uint32_t seed = 1;

  static constexpr std::string_view title = "Training";
  static constexpr auto fields() {
    using T = AttentionTraining;
    return std::tuple(
        field("width", &T::width, "dimension of queries and keys", {1, 4096}),
        field("updates", &T::updates, "number of Adam updates, each on all sentences", {1, 1e6}),
        field("learning_rate", &T::learning_rate, "Adam's learning rate", {0, 10}),
        field("seed", &T::seed, "random seed of the initial weights"));
  }
};

/// A sentence and how often it counts.
struct WeightedSentence {
  std::string text;
  double weight = 1;
};

/// The masks of MaskAttention softened and learned by gradients: scaled dot-product attention,
/// softmax(q k^T / sqrt(width)), whose queries and keys are learned projections of the one-hot words. The
/// values are the words themselves, and the transitions those that were counted, so that attention alone
/// decides who is heard: it starts evenly, with the unmasked votes, and learns to make the next word likely.
class LearnedAttention {
 public:
  /// DataError where no sentence has three words (a pair, and what follows it), and for vocabularies that
  /// MaskAttention refuses.
  LearnedAttention(Backend& backend, const std::vector<WeightedSentence>& sentences,
                   const AttentionTraining& options = {});

  const Vocabulary& vocabulary() const { return table_.vocabulary(); }
  /// Nats a word, before each update.
  const std::vector<double>& losses() const { return losses_; }

  struct View {
    std::vector<float> weights;  // how much the last word attends to each earlier one; they sum to 1
    std::vector<float> votes;    // the share of each word of the vocabulary in what comes next
  };
  /// DataError for fewer than two words, or one that was not trained on.
  View operator()(std::string_view text) const;

 private:
  struct Attended {
    Variable weights, votes;
  };
  Attended attend(Pass& pass, std::span<const WordId> words) const;
  void train(const std::vector<WeightedSentence>& sentences, const AttentionTraining& options);

  Backend* backend_;
  SkipTable table_;
  Index vocabulary_;
  Tensor transitions_;
  RandomParameters random_;
  ParameterStore store_;
  Variable query_, key_;  // [width, vocabulary]
  std::vector<double> losses_;
};

}  // namespace heed
