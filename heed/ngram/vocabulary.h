#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "heed/base/index.h"

namespace heed {

/// A word as a number, in four bytes: corpora and tables hold many.
using WordId = std::uint32_t;

/// Words and their numbers, in the order in which they were first added. About the bytes of the words and 14
/// more for each: millions fit.
class Vocabulary {
 public:
  /// Every vocabulary starts with these: <unk>, <s> and </s>.
  static constexpr WordId unknown = 0, begin = 1, end = 2;

  Vocabulary();

  /// The word's number, a new one if it was not there. DataError beyond four thousand million words.
  WordId add(std::string_view word);
  std::optional<WordId> find(std::string_view word) const;
  WordId find_or_unknown(std::string_view word) const { return find(word).value_or(unknown); }
  std::string_view word(WordId id) const;
  Index size() const { return static_cast<Index>(ends_.size()); }
  /// Memory held, in bytes.
  Index bytes() const;

 private:
  std::size_t slot_of(std::string_view word) const;
  void grow();

  std::string letters_;              // of all words, one after the other
  std::vector<std::uint64_t> ends_;  // of each word in letters_
  std::vector<WordId> slots_;        // a hash table with open addressing
};

}  // namespace heed
