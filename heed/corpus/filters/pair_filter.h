#pragma once
#include <span>
#include <string_view>

#include "heed/corpus/filters/examined_pair.h"

namespace heed {

/// What a filter finds in a pair.
enum class Finding {
  nothing,
  doubtful,  // worth a look, never dropped
  wrong,     // dropped where the filter is set to drop
};

/// What a filter is called and what it is for.
struct FilterInfo {
  std::string_view name;    // repeats: the setting is filter_repeats, the flag --filter-repeats
  std::string_view title;   // the pair occurred before
  std::string_view advice;  // what to do about many of them
};

/// One reason for which a pair may not be worth learning from.
class PairFilter {
 public:
  virtual ~PairFilter() = default;
  virtual FilterInfo info() const = 0;
  /// Sees how the corpus begins, before any of it is judged.
  virtual void learn(std::span<const ExaminedPair> /*beginning*/) {}
  /// Pairs come in their order, each once; both sides are UTF-8 and not empty.
  virtual Finding judge(const ExaminedPair& pair) = 0;
};

}  // namespace heed
