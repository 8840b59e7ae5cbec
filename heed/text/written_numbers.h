#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

namespace heed {

/// The numbers in a text that are written in digits, of any script.
struct WrittenNumbers {
  std::vector<std::uint64_t> whole;  // digits joined across separators, in order of size: 1,000.5 is 10005
  std::vector<std::uint64_t> parts;  // 1, 0 and 5: what dates and lists in another order share
};

/// The numbers of well-formed UTF-8.
WrittenNumbers written_numbers(std::string_view text);

/// Whether two texts say the same numbers: in any order, with any separators. Numbers up to twelve that only
/// one of them has may be words in the other.
bool same_numbers(const WrittenNumbers& a, const WrittenNumbers& b);

}  // namespace heed
