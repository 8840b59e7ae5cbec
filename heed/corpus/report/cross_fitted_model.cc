#include "heed/corpus/report/cross_fitted_model.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "heed/ngram/estimation.h"
#include "heed/ngram/words.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

std::uint64_t hash_of(std::string_view sentence) { return std::hash<std::string_view>()(trimmed(sentence)); }

std::size_t half_of(std::uint64_t hash) { return hash & 1; }

bool has_marks(std::string_view sentence) {
  bool found = false;
  for_each_word(sentence, [&](std::string_view word) { found |= word == "<s>" || word == "</s>"; });
  return found;
}

}  // namespace

void CrossFittedModel::add(std::string_view sentence) {
  const std::uint64_t hash = hash_of(sentence);
  if (static_cast<double>(hash >> 11) * 0x1p-53 >= share_) return;
  NgramCounter& counter = counters_[half_of(hash)];
  // One line of a hostile file may be all of it.
  if (counter.words() >= most_words || has_marks(sentence)) return;
  counter.add(sentence);
}

void CrossFittedModel::finish() {
  words_ = counters_[0].words() + counters_[1].words();
  const bool both = counters_[0].sentences() > 0 && counters_[1].sentences() > 0;
  for (NgramCounter& counter : counters_) {
    NgramCounter counted = std::exchange(counter, NgramCounter(order));
    if (both) models_.push_back(kneser_ney(std::move(counted).finish()).model);
  }
}

FluencyScore CrossFittedModel::score(std::string_view sentence) const {
  return fluency(models_[1 - half_of(hash_of(sentence))], sentence);
}

}  // namespace heed
