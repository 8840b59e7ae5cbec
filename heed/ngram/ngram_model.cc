#include "heed/ngram/ngram_model.h"

#include <algorithm>
#include <utility>

namespace heed {

NgramModel::NgramModel(Vocabulary vocabulary, NgramTree tree, std::vector<Level> levels)
    : vocabulary_(std::move(vocabulary)), tree_(std::move(tree)), levels_(std::move(levels)) {}

Index NgramModel::bytes() const {
  Index bytes = vocabulary_.bytes() + tree_.bytes();
  for (const Level& level : levels_)
    bytes += static_cast<Index>((level.probabilities.capacity() + level.backoffs.capacity()) * sizeof(float));
  return bytes;
}

NgramModel::Context NgramModel::sentence_start() const {
  Context context;
  if (order() > 1) {
    context.nodes[0] = Vocabulary::begin;
    context.length = 1;
  }
  return context;
}

NgramModel::Prediction NgramModel::advance(Context& context, WordId word) const {
  Prediction prediction{.log10_probability = level(1).probabilities[word], .order = 1};
  Context next;
  next.length = std::min(context.length + 1, order() - 1);
  if (next.length > 0) next.nodes[0] = word;
  float backoff = 0;
  for (Index n = 1; n <= context.length; ++n) {
    // A model that was pruned, by another program, may lack an n-gram and have a longer one that ends with
    // it.
    const NgramTree::Node node = context.nodes[static_cast<std::size_t>(n) - 1],
                          child = node == NgramTree::none ? node : tree_.child(n, node, word);
    if (child != NgramTree::none) {
      prediction = {.log10_probability = level(n + 1).probabilities[child], .order = n + 1};
      backoff = 0;
    } else if (node != NgramTree::none) {
      backoff += level(n).backoffs[node];
    }
    if (n < next.length) next.nodes[static_cast<std::size_t>(n)] = child;
  }
  const float found = prediction.log10_probability;
  prediction.possible = (found > log10_zero || found == log10_missing_unknown) && backoff > log10_zero;
  prediction.log10_probability += backoff;
  context = next;
  return prediction;
}

}  // namespace heed
