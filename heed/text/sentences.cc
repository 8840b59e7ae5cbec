#include "heed/text/sentences.h"

#include <unicode/brkiter.h>
#include <unicode/filteredbrk.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>

#include <array>
#include <memory>

#include "heed/text/code_points.h"

namespace heed {
namespace {

/// Whose abbreviations ICU knows.
constexpr std::array languages{"en", "de", "es", "fr", "it", "pt", "ru"};

/// Nothing if the system's ICU lacks its data.
std::unique_ptr<icu::BreakIterator> make_iterator() {
  UErrorCode error = U_ZERO_ERROR;
  std::unique_ptr<icu::BreakIterator> iterator(
      icu::BreakIterator::createSentenceInstance(icu::Locale::getRoot(), error));
  if (U_FAILURE(error)) return nullptr;
  for (const char* language : languages) {
    UErrorCode missing = U_ZERO_ERROR;
    const std::unique_ptr<icu::FilteredBreakIteratorBuilder> builder(
        icu::FilteredBreakIteratorBuilder::createInstance(icu::Locale(language), missing));
    if (U_FAILURE(missing)) continue;
    UErrorCode failed = U_ZERO_ERROR;
    std::unique_ptr<icu::BreakIterator> filtered(builder->wrapIteratorWithFilter(iterator.release(), failed));
    if (U_FAILURE(failed)) return nullptr;
    iterator = std::move(filtered);
  }
  return iterator;
}

Sentence apart(std::string_view text) {
  std::size_t length = 0;
  for (std::size_t at = 0; at < text.size();)
    if (!u_isUWhiteSpace(next_code_point(text, at))) length = at;
  return {text.substr(0, length), text.substr(length)};
}

}  // namespace

std::vector<Sentence> sentences(std::string_view text) {
  // Making one takes milliseconds, and one may not be shared by threads.
  thread_local const std::unique_ptr<icu::BreakIterator> iterator = make_iterator();
  std::vector<Sentence> found;
  UErrorCode error = U_ZERO_ERROR;
  UText* opened = utext_openUTF8(nullptr, text.data(), static_cast<std::int64_t>(text.size()), &error);
  if (iterator && U_SUCCESS(error)) {
    iterator->setText(opened, error);
    std::int32_t begin = U_SUCCESS(error) ? iterator->first() : 0;
    for (std::int32_t end = begin; U_SUCCESS(error) && (end = iterator->next()) != icu::BreakIterator::DONE;
         begin = end)
      found.push_back(
          apart(text.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin))));
  }
  utext_close(opened);
  if (found.empty() && !text.empty()) found.push_back(apart(text));
  return found;
}

std::string_view space_behind(std::string_view sentence) {
  UChar32 last = ' ';
  for (std::size_t at = 0; at < sentence.size();) last = next_code_point(sentence, at);
  const auto width = u_getIntPropertyValue(last, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? "" : " ";
}

}  // namespace heed
