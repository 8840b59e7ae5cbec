#pragma once
#include <vector>

#include "heed/base/random.h"
#include "heed/corpus/text_pair.h"

namespace heed {

/// So many pairs of a corpus that passes by, each as likely as any other, drawn by the seed; all of them, in
/// their order, if there are no more.
class PairSample {
 public:
  PairSample(std::size_t most, std::uint64_t seed) : most_(most), random_(seed, stream) {}

  void see(const TextPair& pair) {
    ++seen_;
    if (pairs_.size() < most_) {
      pairs_.push_back(pair);
    } else if (const std::uint32_t place = random_.below(seen_); place < most_) {
      pairs_[place] = pair;  // Vitter's algorithm R (1985)
    }
  }

  const std::vector<TextPair>& pairs() const { return pairs_; }
  bool complete() const { return seen_ == pairs_.size(); }

 private:
  static constexpr std::uint64_t stream = 0x73616D706C65;

  std::size_t most_;
  Random random_;
  std::uint32_t seen_ = 0;
  std::vector<TextPair> pairs_;
};

}  // namespace heed
