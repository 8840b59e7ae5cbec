#pragma once
#include <string>
#include <vector>

#include "heed/corpus/filters/hash_set.h"
#include "heed/corpus/filters/pair_filter.h"
#include "heed/corpus/pair_reader.h"

namespace heed {

/// What must not be learned, because it is to be validated or tested on: hashes of their
/// loose forms.
class HeldOutPairs {
 public:
  void add(const ExaminedPair& pair);
  void add(PairReader& reader);

  bool empty() const { return pairs_.size() == 0; }
  bool has_pair(const ExaminedPair& pair) const { return pairs_.contains(pair.loose()); }
  bool has_source(const ExaminedPair& pair) const { return sources_.contains(pair.source.loose); }
  bool has_target(const ExaminedPair& pair) const { return targets_.contains(pair.target.loose); }

 private:
  HashSet pairs_, sources_, targets_;
};

/// A training pair that is validated or tested on. One that shares a side only is doubtful.
class HeldOutOverlap final : public PairFilter {
 public:
  explicit HeldOutOverlap(HeldOutPairs held_out) : held_out_(std::move(held_out)) {}

  FilterInfo info() const override {
    return {
        "overlap", "the pair is in a validation or test set too",
        "Figures on what was learned by heart say nothing. Dropped pairs are no harm; many flagged ones, of "
        "which one side is held out, still make figures look too good."};
  }

  Finding judge(const ExaminedPair& pair) override {
    if (held_out_.has_pair(pair)) return Finding::wrong;
    return held_out_.has_source(pair) || held_out_.has_target(pair) ? Finding::doubtful : Finding::nothing;
  }

 private:
  HeldOutPairs held_out_;
};

}  // namespace heed
