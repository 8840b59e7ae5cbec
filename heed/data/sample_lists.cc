#include "heed/data/sample_lists.h"

#include <unicode/ulocdata.h>

#include <algorithm>

#include "heed/data/sample_family.h"

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

/// What stands between the items of a list.
std::vector<icu::UnicodeString> separators(const icu::ListFormatter& list) {
  constexpr char16_t placeholder = 0xE000;  // for private use: in no locale's data
  std::vector<icu::UnicodeString> found;
  for (const std::size_t size : {2u, 3u, 4u}) {
    const std::vector<icu::UnicodeString> items(size, icu::UnicodeString(placeholder));
    const icu::UnicodeString text = join_texts(list, items);
    for (int32_t start = text.indexOf(placeholder), end; start >= 0; start = end) {
      end = text.indexOf(placeholder, start + 1);
      if (end > start + 1) found.push_back(text.tempSubStringBetween(start + 1, end));
    }
  }
  return found;
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
  separators_ = separators(*source_.joined[0]);
  const auto others = separators(*source_.joined[1]);
  has_or_ = separators_ != others;
  separators_.insert(separators_.end(), others.begin(), others.end());
}

SamplePhrase SampleLists::join(std::span<const SamplePhrase> items, Random& random) const {
  std::vector<icu::UnicodeString> sources, targets;
  for (const SamplePhrase& item : items) {
    const bool must_quote = std::ranges::any_of(separators_, [&](const icu::UnicodeString& separator) {
      return item.source.indexOf(separator) >= 0;
    });
    const bool quote = must_quote || random.below(12) == 0;
    sources.push_back(quote ? source_.opening + item.source + source_.closing : item.source);
    targets.push_back(quote ? target_.opening + item.target + target_.closing : item.target);
  }
  const std::size_t word = has_or_ && random.below(4) == 0 ? 1 : 0;
  return {join_texts(*source_.joined[word], sources), join_texts(*target_.joined[word], targets)};
}

}  // namespace heed
