#pragma once
#include "heed/nn/multi_head_attention.h"

namespace heed {

/// The keys and values of all positions that a decoder layer has seen.
class KeyValueCache {
 public:
  /// Everything seen so far, `fresh` included: a sequence's fresh rows follow its past ones. The first call
  /// keeps `fresh` itself, so that a training pass can go back through it.
  KeysValues append(const KeysValues& fresh);

  /// Keeps the sequences with these numbers, in this order; one may be kept several times.
  void keep(Pass& pass, std::span<const Index> sequences);

 private:
  /// Moves what is seen of the given sequences to new memory with room for `capacity` positions each.
  void move(Pass& pass, std::span<const Index> sequences, Index capacity);

  KeysValues seen_;
  Index capacity_ = 0;  // positions there is room for in each sequence; 0: seen_ is somebody else's memory
};

}  // namespace heed
