#pragma once
#include <memory>
#include <span>
#include <vector>

#include "heed/corpus/filters/filter_options.h"
#include "heed/corpus/filters/held_out_pairs.h"
#include "heed/corpus/filters/pair_filter.h"

namespace heed {

/// What becomes of a pair.
enum class Verdict { keep, flag, drop };

/// The filters that options ask for, in the order in which they are asked. The first two find what is not
/// UTF-8 and what is empty on a side; the others are never shown such pairs.
class FilterSet {
 public:
  /// Pairs of the beginning that filters may learn from.
  static constexpr Index beginning = 1000;

  /// Every filter that is not off.
  static FilterSet reporting(const FilterOptions& options, HeldOutPairs held_out);
  /// Only those that drop.
  static FilterSet dropping(const FilterOptions& options, HeldOutPairs held_out);

  std::size_t size() const { return entries_.size() + 2; }
  FilterInfo info(std::size_t filter) const;
  FilterAction action(std::size_t filter) const;

  /// To be called with up to `beginning` pairs before the first is judged.
  void learn(std::span<const ExaminedPair> pairs);
  /// The verdict of each filter; valid until the next call.
  std::span<const Verdict> judge(const ExaminedPair& pair);

 private:
  struct Entry {
    std::unique_ptr<PairFilter> filter;
    FilterAction action;
  };

  std::vector<Entry> entries_;
  std::vector<Verdict> verdicts_;
};

}  // namespace heed
