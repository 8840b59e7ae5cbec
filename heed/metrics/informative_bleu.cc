#include "heed/metrics/informative_bleu.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>

#include "heed/base/error.h"
#include "heed/metrics/characters.h"

namespace heed {
namespace {

bool needs_no_spaces(BleuTokenization tokenization) {
  return tokenization == BleuTokenization::zh || tokenization == BleuTokenization::character ||
         tokenization == BleuTokenization::japanese_mecab;
}

/// Whether most letters are of scripts that are written without spaces: Chinese, Japanese, Thai and others.
bool has_no_spaces(std::span<const std::string> references) {
  Index letters = 0, without_spaces = 0;
  for (const std::string& reference : references)
    for (const char32_t character : code_points(reference)) {
      const auto point = static_cast<UChar32>(character);
      if (!u_isalpha(point)) continue;
      UErrorCode error = U_ZERO_ERROR;
      ++letters;
      without_spaces += uscript_breaksBetweenLetters(uscript_getScript(point, &error)) != 0;
    }
  return 2 * without_spaces > letters;
}

}  // namespace

std::string why_bleu_says_little(std::span<const std::string> references, BleuTokenization tokenization) {
  if (!needs_no_spaces(tokenization) && has_no_spaces(references))
    return message("the references are written without spaces, so that the tokenization ",
                   enum_name(tokenization), " does not find their words");
  // Of a long text nearly every word begins a run of four. Where fewer than one in ten does, a handful of
  // sentences makes the score, or it is 0.
  Index all = 0, runs = 0;
  for (const std::string& reference : references) {
    const auto count = std::ssize(words(bleu_tokenize(reference, tokenization)));
    all += count;
    runs += std::max<Index>(count - 3, 0);
  }
  return 10 * runs < all ? "hardly any reference has the four words in a row that it counts" : std::string();
}

}  // namespace heed
