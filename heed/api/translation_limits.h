#pragma once
#include <chrono>
#include <limits>
#include <optional>

#include "heed/base/index.h"

namespace heed::api {

/// What an operator lets clients of an API do.
struct TranslationLimits {
  Index characters = std::numeric_limits<Index>::max();  // of all texts of a request together
  Index texts = std::numeric_limits<Index>::max();       // of a request
  Index alternatives = 10;                               // of a text
  std::chrono::milliseconds patience{20'000};            // that clients have: an answer after it is of no use

  /// Where a key has a limit of its own, that.
  Index characters_for(const std::optional<Index>& of_key) const { return of_key.value_or(characters); }
};

}  // namespace heed::api
