#pragma once
#include <string>
#include <vector>

#include "heed/corpus/filters/filter_set.h"

namespace heed {

/// The verdict of the filter of a name on a pair. Filters that learn from the beginning learn from nothing.
inline Verdict verdict(FilterSet& filters, std::string_view name, const TextPair& pair) {
  const auto verdicts = filters.judge(examine(pair));
  for (std::size_t i = 0; i < filters.size(); ++i)
    if (filters.info(i).name == name) return verdicts[i];
  throw std::logic_error("no filter " + std::string(name));
}

/// What a fresh filter of a name says to one pair.
inline Verdict verdict(std::string_view name, const TextPair& pair, const FilterOptions& options = {}) {
  FilterSet filters = FilterSet::reporting(options, {});
  return verdict(filters, name, pair);
}

/// The names of the filters that drop the pair, one after the other.
inline std::string dropping(FilterSet& filters, const TextPair& pair) {
  std::string names;
  const auto verdicts = filters.judge(examine(pair));
  for (std::size_t i = 0; i < filters.size(); ++i)
    if (verdicts[i] == Verdict::drop) names += (names.empty() ? "" : " ") + std::string(filters.info(i).name);
  return names;
}

/// Pairs that lie in memory.
class PairsInMemory final : public PairReader {
 public:
  explicit PairsInMemory(std::vector<TextPair> pairs) : pairs_(std::move(pairs)) {}
  bool next(TextPair& pair) override {
    if (at_ == pairs_.size()) return false;
    pair = pairs_[at_++];
    return true;
  }
  std::string where() const override { return "memory:" + std::to_string(at_); }

 private:
  std::vector<TextPair> pairs_;
  std::size_t at_ = 0;
};

}  // namespace heed
