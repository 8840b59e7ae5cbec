#pragma once
#include <string_view>
#include <vector>

namespace heed {

/// Calls visit(word) for what stands between ASCII white space, in order.
template <class Visit>
void for_each_word(std::string_view text, const Visit& visit) {
  constexpr std::string_view space = " \t\n\v\f\r";
  for (std::size_t start; (start = text.find_first_not_of(space)) != text.npos;) {
    text.remove_prefix(start);
    const std::string_view word = text.substr(0, text.find_first_of(space));
    visit(word);
    text.remove_prefix(word.size());
  }
}

inline std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  for_each_word(text, [&](std::string_view word) { words.push_back(word); });
  return words;
}

}  // namespace heed
