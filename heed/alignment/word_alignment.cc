#include "heed/alignment/word_alignment.h"

#include <algorithm>
#include <set>

#include "heed/text/code_points.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

/// Numbers of the words that have bytes in a span.
std::pair<Index, Index> words_in(const std::vector<TextSpan>& words, const TextSpan& span) {
  const auto first = std::ranges::upper_bound(words, span.begin, {}, &TextSpan::end);
  const auto end = std::ranges::lower_bound(words, span.end, {}, &TextSpan::begin);
  return {first - words.begin(), std::max(end, first) - words.begin()};
}

}  // namespace

std::string WordAlignment::pharaoh() const {
  std::string text;
  for (const auto& [source, target] : links)
    text += (text.empty() ? "" : " ") + std::to_string(source) + "-" + std::to_string(target);
  return text;
}

std::vector<TextSpan> words_between_spaces(std::string_view text) {
  std::vector<TextSpan> words;
  bool inside = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t before = at;
    next_code_point(text, at);
    const bool space = is_blank(text.substr(before, at - before));
    if (!space && !inside) words.push_back({static_cast<Index>(before), 0});
    if (!space) words.back().end = static_cast<Index>(at);
    inside = !space;
  }
  return words;
}

WordAlignment align_words(std::string_view source, std::string_view target, const TokenLinks& links) {
  WordAlignment alignment{words_between_spaces(source), words_between_spaces(target), {}};
  std::set<std::pair<Index, Index>> found;
  for (const auto& [target_span, source_span] : links) {
    const auto [first_target, end_target] = words_in(alignment.target_words, target_span);
    const auto [first_source, end_source] = words_in(alignment.source_words, source_span);
    for (Index s = first_source; s < end_source; ++s)
      for (Index t = first_target; t < end_target; ++t) found.emplace(s, t);
  }
  alignment.links.assign(found.begin(), found.end());
  return alignment;
}

std::vector<TextSpan> spans_of_decoded(const Tokenizer& tokenizer, const std::vector<Index>& ids) {
  const std::string decoded = tokenizer.decode(ids);
  std::string added;
  std::vector<TextSpan> spans;
  for (const Index id : ids) {
    const auto begin = std::ssize(added);
    added += tokenizer.added_text(id);
    spans.push_back({begin, std::ssize(added)});
  }
  // A tokenizer leaves out the space before the first word.
  const Index shift = std::ssize(added) - std::ssize(decoded);
  if (!added.ends_with(decoded) || std::string_view(added)
                                           .substr(0, static_cast<std::size_t>(std::max<Index>(shift, 0)))
                                           .find_first_not_of(' ') != std::string_view::npos) {
    // Words that are joined, or bytes that make no character: each id by what it changes.
    Index end = 0;
    for (std::size_t i = 0; i < ids.size(); ++i) {
      const auto now = std::ssize(tokenizer.decode({ids.data(), i + 1}));
      spans[i] = {std::min(end, now), now};
      end = now;
    }
  } else {
    for (TextSpan& span : spans)
      span = {std::max<Index>(span.begin - shift, 0), std::max<Index>(span.end - shift, 0)};
  }
  for (TextSpan& span : spans) {
    span.end = std::min(span.end, std::ssize(decoded));
    while (span.begin < span.end && decoded[static_cast<std::size_t>(span.begin)] == ' ') ++span.begin;
  }
  return spans;
}

}  // namespace heed
