#pragma once
#include <string>

namespace heed {

/// A text and its translation.
struct TextPair {
  std::string source, target;
};

}  // namespace heed
