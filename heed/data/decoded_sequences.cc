#include "heed/data/decoded_sequences.h"

namespace heed {

std::vector<std::string> decoded_sequences(const Column& column, const Tokenizer& tokenizer) {
  std::vector<std::string> texts;
  std::span<const Index> tokens = column.tokens;
  for (const Index length : column.lengths) {
    texts.push_back(tokenizer.decode(tokens.first(static_cast<std::size_t>(length))));
    tokens = tokens.subspan(static_cast<std::size_t>(length));
  }
  return texts;
}

}  // namespace heed
