#include "heed/text/masked_text.h"

#include <algorithm>

namespace heed {
namespace {

/// Whether a piece holds the space before its word as it stands in the text.
bool pieces_hold_spaces(const TokenizerConfig& config) {
  const bool subwords = config.kind == TokenizerKind::unigram || config.kind == TokenizerKind::bpe;
  return subwords && config.exact_whitespace;
}

}  // namespace

std::vector<Index> encode_masked(const Tokenizers& tokenizers, std::string_view text) {
  std::vector<Index> ids;
  while (true) {
    const std::size_t mask = text.find(mask_text);
    std::string_view part = text.substr(0, mask);
    if (mask != text.npos && pieces_hold_spaces(tokenizers.config) && part.ends_with(' '))
      part.remove_suffix(1);
    const std::vector<Index> some = tokenizers.source->encode(part);
    ids.insert(ids.end(), some.begin(), some.end());
    if (mask == text.npos) return ids;
    ids.push_back(special::mask);
    text.remove_prefix(mask + mask_text.size());
  }
}

std::string decode_masked(const Tokenizer& tokenizer, std::span<const Index> ids) {
  std::string text;
  const auto add = [&](std::string_view part) {
    if (!text.empty() && !part.empty() && text.back() != ' ' && part.front() != ' ') text += ' ';
    text += part;
  };
  for (auto at = ids.begin(); at != ids.end();) {
    const auto mask = std::find(at, ids.end(), special::mask);
    add(tokenizer.decode(std::span(at, mask)));
    if (mask == ids.end()) break;
    add(mask_text);
    at = mask + 1;
  }
  return text;
}

}  // namespace heed
