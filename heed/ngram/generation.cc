#include "heed/ngram/generation.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "heed/base/error.h"
#include "heed/ngram/words.h"

namespace heed {
namespace {

double probability(float log10) {
  return log10 <= log10_zero ? 0 : std::exp(static_cast<double>(log10) * std::numbers::ln10);
}

// Where next to nothing is left over, the shorter context is taken as it is.
constexpr Index most_tries = 100;

/// In [0, 1), on a grid of 2^-48: that of floats is too coarse for rare words.
double uniform(Random& random) {
  const double high = static_cast<double>(random.uniform());
  return high + static_cast<double>(random.uniform()) * 0x1p-24;
}

}  // namespace

SentenceGenerator::SentenceGenerator(const NgramModel& model) : model_(&model) {
  double sum = 0;
  for (WordId word = 0; word < static_cast<WordId>(model.vocabulary().size()); ++word) {
    if (word != Vocabulary::unknown && word != Vocabulary::begin)
      sum += probability(model.level(1).probabilities[word]);
    sums_.push_back(sum);
  }
  require<DataError>(sum > 0, "generation: the model gives no word any probability");
}

WordId SentenceGenerator::draw_word(Random& random) const {
  const auto drawn = std::upper_bound(sums_.begin(), sums_.end(), uniform(random) * sums_.back());
  return static_cast<WordId>(std::min(drawn, sums_.end() - 1) - sums_.begin());
}

/// The longest context says which words it has seen and how often it leaves the word to a shorter one. What
/// that then draws is drawn again if the longer one has seen it: those words are dealt with already.
WordId SentenceGenerator::draw(const NgramModel::Context& context, Random& random) const {
  const NgramTree& tree = model_->tree();
  for (Index length = context.length; length > 0; --length) {
    const NgramTree::Node node = context.nodes[static_cast<std::size_t>(length) - 1];
    if (node == NgramTree::none) continue;
    const auto [begin, end] = tree.children(length, node);
    const std::vector<float>& logarithms = model_->level(length + 1).probabilities;
    // What all that may be drawn has together: nothing is left to shorter contexts where a model is not
    // smoothed, whatever its sums are rounded to.
    const bool open = model_->level(length).backoffs[node] > log10_zero;
    const NgramTree::Node unknown = tree.child(length, node, Vocabulary::unknown);
    double all = 1 - (unknown == NgramTree::none ? 0 : probability(logarithms[unknown]));
    if (!open) {
      all = 0;
      for (NgramTree::Node child = begin; child < end; ++child)
        if (child != unknown) all += probability(logarithms[child]);
    }
    if (begin == end || all <= 0) continue;
    double at = uniform(random) * all;
    WordId last = Vocabulary::end;
    for (NgramTree::Node child = begin; child < end; ++child) {
      if (child == unknown) continue;
      last = tree.word(length + 1, child);
      at -= probability(logarithms[child]);
      if (at < 0) return last;
    }
    if (!open) return last;
    NgramModel::Context shorter = context;
    shorter.length = length - 1;
    for (Index tries = 0; tries < most_tries; ++tries) {
      const WordId word = draw(shorter, random);
      if (tree.child(length, node, word) == NgramTree::none) return word;
    }
  }
  return draw_word(random);
}

std::string SentenceGenerator::operator()(Random random, Index longest, std::string_view start) const {
  NgramModel::Context context = model_->sentence_start();
  std::string text;
  const auto append = [&](std::string_view word) { (text += text.empty() ? "" : " ") += word; };
  for_each_word(start, [&](std::string_view word) {
    const auto id = model_->vocabulary().find(word);
    require<DataError>(id.has_value(), "generation: the model does not know the word '", word, "'");
    model_->advance(context, *id);
    append(word);
  });
  for (Index n = 0; n < longest; ++n) {
    const WordId word = draw(context, random);
    if (word == Vocabulary::end) break;
    model_->advance(context, word);
    append(model_->vocabulary().word(word));
  }
  return text;
}

}  // namespace heed
