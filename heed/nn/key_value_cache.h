#pragma once
#include "heed/nn/cached_positions.h"
#include "heed/nn/multi_head_attention.h"

namespace heed {

/// The keys and values of all positions that a decoder layer has seen.
class KeyValueCache {
 public:
  /// Everything seen so far, `fresh` included, where `positions`, which has grown by fresh's segments, says.
  /// The first call keeps `fresh` itself, so that a training pass can go back through it.
  KeysValues append(const KeysValues& fresh, const CachedPositions& positions);

 private:
  /// Moves the rows to new memory with room for `rows`.
  void move(Pass& pass, Index rows);

  Variable keys_, values_;  // [rows, key heads * head width] each
  bool ours_ = false;       // else they are somebody else's memory
};

}  // namespace heed
