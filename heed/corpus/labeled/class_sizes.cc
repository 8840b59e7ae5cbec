#include "heed/corpus/labeled/class_sizes.h"

#include <algorithm>
#include <unordered_map>

#include "heed/base/error.h"
#include "heed/text/unicode.h"

namespace heed {

void check_class_sizes(std::span<const LabeledText> texts, const ClassSizeOptions& options) {
  constexpr std::string_view advice =
      "if labels are read wrong, say how with --format, --separator, --header, --label-column and "
      "--text-column";
  std::unordered_map<std::string_view, Index> sizes;
  for (const LabeledText& text : texts) ++sizes[text.label];
  const auto shown = [](const LabeledText& text) {
    return message("'", printable(text.label), "' of the text '", printable(text.text), "'");
  };
  require<DataError>(texts.size() < 2 || sizes.size() < texts.size() || options.minimum_class_size < 2,
                     "all ", texts.size(), " texts have labels of their own, such as ",
                     texts.empty() ? std::string() : shown(texts.front()),
                     ": nothing can be learned from that; ", advice);
  const auto small = [&](const LabeledText& text) {
    return sizes.at(text.label) < options.minimum_class_size;
  };
  const auto first = std::ranges::find_if(texts, small);
  if (first == texts.end()) return;
  const auto count = std::ranges::count_if(
      sizes, [&](const auto& size) { return size.second < options.minimum_class_size; });
  throw DataError(message(count, " of ", sizes.size(), sizes.size() == 1 ? " class" : " classes",
                          count == 1 ? " has" : " have", " fewer than ", options.minimum_class_size,
                          " texts, first ", shown(*first), "; ", advice,
                          "; if they are right, say --minimum-class-size 1"));
}

}  // namespace heed
