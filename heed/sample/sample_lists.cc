#include "heed/sample/sample_lists.h"

#include <unicode/ulocdata.h>

#include <algorithm>

#include "heed/sample/sample_family.h"

namespace heed {
namespace {

icu::UnicodeString delimiter(const icu::Locale& locale, ULocaleDataDelimiterType type) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<ULocaleData, decltype(&ulocdata_close)> data(ulocdata_open(locale.getName(), &status),
                                                                     &ulocdata_close);
  std::array<char16_t, 16> text{};
  const int32_t length = ulocdata_getDelimiter(data.get(), type, text.data(), text.size(), &status);
  require_icu(status, "quotation marks");
  return {text.data(), length};
}

icu::UnicodeString join_texts(const icu::ListFormatter& list, std::span<const icu::UnicodeString> items) {
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString text;
  list.format(items.data(), static_cast<int32_t>(items.size()), text, status);
  require_icu(status, "a list");
  return text;
}

/// What stands between the items of a list of this many.
std::vector<icu::UnicodeString> separators(const icu::ListFormatter& list, std::size_t size) {
  constexpr char16_t placeholder = 0xE000;  // for private use: in no locale's data
  const std::vector<icu::UnicodeString> items(size, icu::UnicodeString(placeholder));
  const icu::UnicodeString text = join_texts(list, items);
  std::vector<icu::UnicodeString> found;
  for (int32_t start = text.indexOf(placeholder), end; found.size() + 1 < size; start = end) {
    end = text.indexOf(placeholder, start + 1);
    found.push_back(text.tempSubStringBetween(start + 1, end));
  }
  return found;
}

bool holds_any(const icu::UnicodeString& text, std::span<const icu::UnicodeString> parts) {
  return std::ranges::any_of(parts, [&](const icu::UnicodeString& part) { return text.indexOf(part) >= 0; });
}

}  // namespace

SampleLists::Language SampleLists::language(const icu::Locale& locale) {
  UErrorCode status = U_ZERO_ERROR;
  const auto list = [&](UListFormatterType type) {
    return std::shared_ptr<icu::ListFormatter>(
        icu::ListFormatter::createInstance(locale, type, ULISTFMT_WIDTH_WIDE, status));
  };
  Language made{.joined = {list(ULISTFMT_TYPE_AND), list(ULISTFMT_TYPE_OR)},
                .opening = delimiter(locale, ULOCDATA_QUOTATION_START),
                .closing = delimiter(locale, ULOCDATA_QUOTATION_END)};
  require_icu(status, "lists");
  return made;
}

SampleLists::SampleLists(const icu::Locale& source, const icu::Locale& target)
    : source_(language(source)), target_(language(target)) {
  std::array<Texts, 2> by_word;
  for (std::size_t word = 0; word < by_word.size(); ++word) {
    for (const std::size_t size : {2u, 3u, 4u}) {
      const Texts found = separators(*source_.joined[word], size);
      by_word[word].insert(by_word[word].end(), found.begin(), found.end());
      last_separators_.push_back(found.back());
    }
    separators_.insert(separators_.end(), by_word[word].begin(), by_word[word].end());
  }
  has_or_ = by_word[0] != by_word[1];
}

SamplePhrase SampleLists::quoted(const SamplePhrase& phrase) const {
  return {source_.opening + phrase.source + source_.closing,
          target_.opening + phrase.target + target_.closing};
}

SamplePhrase SampleLists::alone(const SamplePhrase& phrase) const {
  return holds_any(phrase.source, last_separators_) ? quoted(phrase) : phrase;
}

SamplePhrase SampleLists::join(std::span<const SamplePhrase> items, Random& random) const {
  Texts sources, targets;
  for (const SamplePhrase& item : items) {
    const bool quote = holds_any(item.source, separators_) || random.below(12) == 0;
    const SamplePhrase shown = quote ? quoted(item) : item;
    sources.push_back(shown.source);
    targets.push_back(shown.target);
  }
  const std::size_t word = has_or_ && random.below(4) == 0 ? 1 : 0;
  return {join_texts(*source_.joined[word], sources), join_texts(*target_.joined[word], targets)};
}

}  // namespace heed
