#include "heed/decoding/forced_text.h"

#include <algorithm>

namespace heed {

ForcedText::ForcedText(const TokenTexts& texts, std::string text)
    : texts_(&texts), text_(std::move(text)), writable_(text_.size() + 1, false) {
  writable_.back() = true;
  for (std::size_t place = text_.size(); place-- > 0;) writable_[place] = !allowed(place).empty();
}

std::vector<Index> ForcedText::allowed(std::size_t place) const {
  const std::string_view rest = std::string_view(text_).substr(std::min(place, text_.size()));
  if (rest.empty()) return {};
  const auto beyond = texts_->beginning_with(rest);
  std::vector<Index> tokens(beyond.begin(), beyond.end());
  for (std::size_t length = 1; length < std::min(rest.size(), texts_->longest() + 1); ++length) {
    if (!writable_[place + length]) continue;
    const auto found = texts_->spelling(rest.substr(0, length));
    tokens.insert(tokens.end(), found.begin(), found.end());
  }
  return tokens;
}

}  // namespace heed
