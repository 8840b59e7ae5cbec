#pragma once
#include <string>
#include <vector>

#include "heed/base/index.h"

namespace heed {

/// An IDX file of bytes.
inline std::string idx_file(const std::vector<Index>& sizes, const std::string& bytes) {
  std::string file{'\0', '\0', '\x08', static_cast<char>(sizes.size())};
  for (const Index size : sizes)
    for (int i = 3; i >= 0; --i) file += static_cast<char>(size >> (8 * i));
  return file + bytes;
}

}  // namespace heed
