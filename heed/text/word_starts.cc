#include "heed/text/word_starts.h"

#include <algorithm>

namespace heed {
namespace {

constexpr std::string_view space_mark = "\u2581";

/// ASCII alone has marks that are told from letters here: others go with the letters beside them.
bool is_punctuation(std::string_view piece) {
  return !piece.empty() && std::ranges::all_of(piece, [](unsigned char c) {
    return c < 0x80 && c > 0x20 && !(c >= '0' && c <= '9') && !((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
  });
}

}  // namespace

WordStarts::WordStarts(const Tokenizer& tokenizer) {
  std::vector<std::string> pieces;
  for (Index id = 0; id < tokenizer.vocabulary_size(); ++id) pieces.push_back(tokenizer.piece(id));
  const bool marks_spaces =
      std::any_of(pieces.begin() + special::count, pieces.end(),
                  [](const std::string& piece) { return piece.starts_with(space_mark); });
  for (const std::string& piece : pieces) {
    if (marks_spaces && piece == space_mark)
      kinds_.push_back(Kind::space);
    else if (!marks_spaces || std::ssize(kinds_) < special::count || piece.starts_with(space_mark))
      kinds_.push_back(Kind::begins);
    else
      kinds_.push_back(is_punctuation(piece) ? Kind::punctuation : Kind::continues);
  }
}

WordStarts::Kind WordStarts::kind(Index token) const { return kinds_.at(static_cast<std::size_t>(token)); }

std::vector<std::size_t> WordStarts::operator()(std::span<const Index> tokens) const {
  std::vector<std::size_t> starts;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Kind now = kind(tokens[i]), before = i == 0 ? Kind::begins : kind(tokens[i - 1]);
    const bool spaced = now == Kind::begins || now == Kind::space;
    const bool meets = now == Kind::punctuation || before == Kind::punctuation;
    if (i == 0 || spaced || (meets && before != Kind::space)) starts.push_back(i);
  }
  return starts;
}

}  // namespace heed
