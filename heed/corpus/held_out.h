#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <unordered_set>
#include <vector>

#include "heed/base/index.h"
#include "heed/corpus/text_pair.h"

namespace heed {

/// Which pairs of a corpus are held out of training: those of whose source the seed draws a low number. So
/// pairs with the same source (its loose_form) go together, whatever stands between them.
struct HeldOutRule {
  std::uint64_t seed = 0;
  std::uint64_t below = 0;  // draws that are held out; 0: none
  Index only = -1;          // of a corpus with one source only: the number of the pair that is held out
  std::shared_ptr<const std::unordered_set<std::string>> sources =
      {};  // those known from before; none: drawn

  /// Of a run that goes on: pairs with the sources of these are held out, whatever is drawn.
  static HeldOutRule of(std::span<const TextPair> pairs);

  bool holds(const TextPair& pair, Index number) const;
};

/// Chooses about so many pairs of a corpus that passes by, at most a tenth of it, keeping no more than these
/// in memory.
class HeldOutChoice {
 public:
  HeldOutChoice(Index count, std::uint64_t seed) : count_(count), seed_(seed) {}

  void see(const TextPair& pair);
  /// After the last pair.
  HeldOutRule rule() const;
  /// The pairs of that rule, in their order.
  std::vector<TextPair> take();

 private:
  struct Candidate {
    TextPair pair;
    std::uint64_t draw;
    Index number;
  };

  double largest_share() const;
  void drop_hopeless();

  Index count_, seen_ = 0;
  std::uint64_t seed_, lowest_ = ~std::uint64_t{0}, highest_ = 0;
  std::vector<Candidate> candidates_;
  std::size_t enough_ = 1024;  // candidates before those without hope are dropped
  TextPair last_;
};

}  // namespace heed
