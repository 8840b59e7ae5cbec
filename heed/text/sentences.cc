#include "heed/text/sentences.h"

#include <unicode/brkiter.h>
#include <unicode/filteredbrk.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>

#include <array>
#include <map>
#include <memory>
#include <span>
#include <string>

#include "heed/text/code_points.h"
#include "heed/text/sentence_exceptions.h"

namespace heed {
namespace {

/// Whose abbreviations ICU knows.
constexpr std::array languages{"en", "de", "es", "fr", "it", "pt", "ru"};

/// Nothing if the system's ICU lacks its data. `exceptions`: of these languages, abbreviations.
std::unique_ptr<icu::BreakIterator> make_iterator(const icu::Locale& locale,
                                                  std::span<const char* const> exceptions) {
  UErrorCode error = U_ZERO_ERROR;
  std::unique_ptr<icu::BreakIterator> iterator(icu::BreakIterator::createSentenceInstance(locale, error));
  if (U_FAILURE(error)) return nullptr;
  for (const char* language : exceptions) {
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

std::vector<Sentence> found_by(icu::BreakIterator* iterator, std::string_view text) {
  std::vector<Sentence> found;
  UErrorCode error = U_ZERO_ERROR;
  UText* opened = utext_openUTF8(nullptr, text.data(), static_cast<std::int64_t>(text.size()), &error);
  if (iterator != nullptr && U_SUCCESS(error)) {
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

// What ICU always takes for the end of a paragraph.
bool ends_line(std::string_view space) {
  for (std::size_t at = 0; at < space.size();) {
    const auto c = next_code_point(space, at);
    if (c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029) return true;
  }
  return false;
}

}  // namespace

std::vector<Sentence> sentences(std::string_view text) {
  // Making one takes milliseconds, and one may not be shared by threads.
  thread_local const std::unique_ptr<icu::BreakIterator> iterator =
      make_iterator(icu::Locale::getRoot(), languages);
  return found_by(iterator.get(), text);
}

std::vector<Sentence> sentences(std::string_view text, std::string_view language) {
  thread_local std::map<std::string, std::unique_ptr<icu::BreakIterator>, std::less<>> iterators;
  auto known = iterators.find(language);
  if (known == iterators.end()) {
    const std::string code(language);
    const icu::Locale locale = icu::Locale::createCanonical(code.c_str());
    const char* base = locale.getLanguage();
    known = iterators.emplace(code, make_iterator(locale, std::span(&base, 1))).first;
  }
  std::vector<Sentence> whole;
  bool goes_on = false;
  for (const Sentence& found : found_by(known->second.get(), text)) {
    if (goes_on) {
      Sentence& last = whole.back();
      last = {text.substr(static_cast<std::size_t>(last.text.data() - text.data()),
                          static_cast<std::size_t>(found.space.data() - last.text.data())),
              found.space};
    } else {
      whole.push_back(found);
    }
    goes_on = !ends_line(found.space) && stop_within_sentence(whole.back().text, language);
  }
  return whole;
}

std::string_view space_behind(std::string_view sentence) {
  UChar32 last = ' ';
  for (std::size_t at = 0; at < sentence.size();) last = next_code_point(sentence, at);
  const auto width = u_getIntPropertyValue(last, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? "" : " ";
}

}  // namespace heed
