#pragma once
#include <cstdint>
#include <string_view>

#include "heed/corpus/text_pair.h"
#include "heed/text/text_profile.h"
#include "heed/text/written_numbers.h"

namespace heed {

/// What filters and reports need to know of a text; made once for all of them.
struct ExaminedText {
  TextProfile profile{};
  WrittenNumbers numbers{};
  std::uint64_t exact = 0;  // a hash of its bytes
  std::uint64_t loose = 0;  // a hash of its loose_form
  bool misdecoded = false;  // see looks_misdecoded
};

/// A pair with all that can be told from it alone.
struct ExaminedPair {
  enum class State { sound, empty, invalid };

  State state = State::sound;  // unless it is sound, nothing else is known
  ExaminedText source{}, target{};

  /// A hash of both texts.
  std::uint64_t exact() const { return both(source.exact, target.exact); }
  std::uint64_t loose() const { return both(source.loose, target.loose); }

 private:
  static std::uint64_t both(std::uint64_t source, std::uint64_t target) {
    // Not symmetric: a pair and its reverse are two.
    return (source ^ (target >> 31)) * 0x9E3779B97F4A7C15u + target;
  }
};

/// What examine() says first, at little cost.
ExaminedPair::State state_of(const TextPair& pair);

/// Reentrant, and the costly part of filtering: call it for many pairs side by side.
ExaminedPair examine(const TextPair& pair);

}  // namespace heed
