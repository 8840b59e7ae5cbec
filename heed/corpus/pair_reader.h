#pragma once
#include <string>

#include "heed/corpus/text_pair.h"

namespace heed {

/// Text pairs from anywhere, one after the other, in memory that does not grow with their number.
class PairReader {
 public:
  virtual ~PairReader() = default;
  /// Puts the next pair into `pair`; false after the last. DataError names file and line of what is wrong.
  virtual bool next(TextPair& pair) = 0;
  /// "FILE:LINE" (of a pair of files: of the source side) of the last pair given out.
  virtual std::string where() const = 0;
};

}  // namespace heed
