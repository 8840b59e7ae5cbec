#include "heed/text/token_offsets.h"

#include <algorithm>

namespace heed {
namespace {

// Longer runs without white space are cut: what a prefix of tokens spells is found prefix by prefix.
constexpr std::size_t longest_word = 200;

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/// Where the word that begins at `begin` is over, at a border of characters.
std::size_t end_of_word(std::string_view text, std::size_t begin) {
  std::size_t end = begin;
  while (end < text.size() && !is_space(text[end]) && end - begin < longest_word) ++end;
  while (end < text.size() && end > begin + 1 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
    --end;
  return end;
}

/// Adds the tokens of text[begin, end), whose word starts at `word`, behind white space.
void add_word(const Tokenizer& tokenizer, std::string_view text, std::size_t begin, std::size_t word,
              std::size_t end, std::vector<PlacedToken>& tokens) {
  const std::vector<Index> ids = tokenizer.encode(text.substr(begin, end - begin));
  const std::size_t whole = tokenizer.decode(ids).size();
  // Some tokenizers give white space back, some do not.
  const bool exact = whole == end - begin, plain = whole == end - word;
  const std::size_t start = exact ? begin : word;
  std::size_t before = 0;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (!exact && !plain) {
      tokens.push_back({ids[i], word, end});
      continue;
    }
    const std::size_t after =
        std::clamp(tokenizer.decode(std::span(ids).first(i + 1)).size(), before, end - start);
    tokens.push_back({ids[i], start + before, start + after});
    before = after;
  }
}

}  // namespace

std::vector<PlacedToken> encode_with_offsets(const Tokenizer& tokenizer, std::string_view text) {
  std::vector<PlacedToken> tokens;
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t word = begin;
    while (word < text.size() && is_space(text[word])) ++word;
    const std::size_t end = end_of_word(text, word);
    if (end > word) add_word(tokenizer, text, begin, word, end, tokens);
    begin = std::max(end, word);
  }
  return tokens;
}

}  // namespace heed
