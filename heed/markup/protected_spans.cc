#include "heed/markup/protected_spans.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <cstdlib>
#include <optional>

#include "heed/markup/text_units.h"
#include "heed/text/ascii.h"
#include "heed/text/code_points.h"

namespace heed {
namespace {

bool is_name(char c) { return is_ascii_letter(c) || is_ascii_digit(c) || c == '_' || c == '-' || c == '.'; }
// Each of these says how many bytes of its kind stand at a place; 0: none.

std::size_t address(std::string_view text) {
  std::size_t scheme = 0;
  while (scheme < text.size() && scheme < 16 &&
         (is_ascii_letter(text[scheme]) || (scheme > 0 && is_ascii_digit(text[scheme]))))
    ++scheme;
  const bool named = scheme > 0 && text.substr(scheme).starts_with("://");
  if (!named && !text.starts_with("www.")) return 0;
  std::size_t end = named ? scheme + 3 : 4;
  const std::size_t begin = end;
  while (end < text.size() && !is_ascii_space(text[end]) && text[end] != '<' && text[end] != '>' &&
         text[end] != '"' && static_cast<unsigned char>(text[end]) < 0x80)
    ++end;
  // What ends a sentence, or closes a bracket that was opened before, is no part of it.
  const auto opened = [&] { return text.substr(0, end).find('(') != std::string_view::npos; };
  while (end > begin && (std::string_view(".,;:!?'*").find(text[end - 1]) != std::string_view::npos ||
                         (text[end - 1] == ')' && !opened())))
    --end;
  return end > begin ? end : 0;
}

std::size_t mail(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size() && at < 64 && (is_name(text[at]) || text[at] == '+')) ++at;
  if (at == 0 || at >= text.size() || text[at] != '@') return 0;
  std::size_t end = at + 1, dots = 0;
  while (end < text.size() && is_name(text[end])) ++end;
  while (end > at + 1 && (text[end - 1] == '.' || text[end - 1] == '-')) --end;
  for (std::size_t i = at + 1; i < end; ++i) dots += text[i] == '.' ? 1 : 0;
  return dots > 0 ? end : 0;
}

std::size_t braces(std::string_view text) {
  std::size_t begin = text.starts_with("${") || text.starts_with("#{") ? 2
                      : text.starts_with("{{")                         ? 2
                      : text.starts_with('{')                          ? 1
                                                                       : 0;
  if (begin == 0) return 0;
  const std::string_view close = text.starts_with("{{") ? "}}" : "}";
  constexpr std::size_t longest = 64;
  const std::size_t end = text.substr(0, longest).find(close, begin);
  if (end == std::string_view::npos) return 0;
  const std::string_view name = text.substr(begin, end - begin);
  // Braces around a phrase are punctuation.
  const bool placeholder = std::all_of(name.begin(), name.end(), [](char c) {
    return is_name(c) || std::string_view(" :,!?()[]#$|+'/").find(c) != std::string_view::npos;
  });
  const bool phrase = close == "}" && begin == 1 && name.find(' ') != std::string_view::npos &&
                      name.find_first_of(",:") == std::string_view::npos;
  return placeholder && !phrase ? end + close.size() : 0;
}

/// %s, %1$s, %-5.2f, %(name)s, %{name}: as C, Python and Ruby have them, but not "5 % der".
std::size_t percent(std::string_view text) {
  if (!text.starts_with('%') || text.size() < 2) return 0;
  if (text[1] == '(' || text[1] == '{') {
    const std::size_t end = text.substr(0, 64).find(text[1] == '(' ? ')' : '}');
    if (end == std::string_view::npos || end < 3) return 0;
    if (text[1] == '{') return end + 1;
    return end + 1 < text.size() && is_ascii_letter(text[end + 1]) ? end + 2 : 0;
  }
  std::size_t at = 1;
  while (at < text.size() &&
         (is_ascii_digit(text[at]) || std::string_view("$-+#.'*").find(text[at]) != std::string_view::npos))
    ++at;
  while (at < text.size() && std::string_view("hlLqjzt").find(text[at]) != std::string_view::npos) ++at;
  if (at >= text.size() || std::string_view("diouxXeEfgGcsp@").find(text[at]) == std::string_view::npos)
    return 0;
  const bool word_goes_on = at + 1 < text.size() && is_ascii_letter(text[at + 1]);
  return word_goes_on ? 0 : at + 1;
}

std::size_t number_length(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() &&
         (is_ascii_digit(text[end]) ||
          (end > 0 && std::string_view(".,:/'").find(text[end]) != std::string_view::npos &&
           end + 1 < text.size() && is_ascii_digit(text[end + 1]))))
    ++end;
  return end;
}

std::size_t emoji(std::string_view text) {
  constexpr std::int32_t joiner = 0x200D, picture = 0xFE0F, keycap = 0x20E3;
  const auto regional = [](std::int32_t c) { return u_hasBinaryProperty(c, UCHAR_REGIONAL_INDICATOR) != 0; };
  std::size_t at = 0;
  const std::int32_t first = next_code_point(text, at);
  // What is a sign by itself, such as a trademark, is a picture only where a selector says so.
  const bool selected = u_hasBinaryProperty(first, UCHAR_EXTENDED_PICTOGRAPHIC) &&
                        (first >= 0x1F000 || text.substr(at).starts_with("\uFE0F"));
  if (!selected && !u_hasBinaryProperty(first, UCHAR_EMOJI_PRESENTATION)) return 0;
  for (std::int32_t before = first; at < text.size();) {
    std::size_t next = at;
    const std::int32_t c = next_code_point(text, next);
    const bool belongs =
        c == joiner || c == picture || c == keycap || before == joiner ||
        u_hasBinaryProperty(c, UCHAR_EMOJI_MODIFIER) || (c >= 0xE0020 && c <= 0xE007F) ||
        (regional(c) && regional(before) && at == (regional(first) ? std::size_t{4} : std::size_t{0}));
    if (!belongs) break;
    before = c, at = next;
  }
  return at;
}

std::size_t protected_at(std::string_view text, char before) {
  const char c = text.front();
  if (c == '{' || c == '$' || c == '#') return braces(text);
  if (c == '%') return percent(text);
  const bool word_goes_on =
      is_ascii_letter(before) || is_ascii_digit(before) || static_cast<unsigned char>(before) >= 0x80;
  if (!word_goes_on && (is_ascii_letter(c) || is_ascii_digit(c))) {
    if (const std::size_t length = address(text)) return length;
    if (const std::size_t length = mail(text)) return length;
  }
  // Those within words are part of them: H2O.
  if (is_ascii_digit(c) && !word_goes_on) {
    const std::size_t length = number_length(text);
    const bool goes_on = length < text.size() && is_ascii_letter(text[length]);
    return goes_on ? 0 : length;
  }
  if (static_cast<unsigned char>(c) >= 0xC2) return emoji(text);
  return 0;
}

/// Where a span stands in a translation: what it takes the place of, if it was not there.
struct Place {
  TextSpan in_translation;
  bool found = false;
};

Index expected_place(const TextSpan& span, std::string_view source, std::string_view translation,
                     const SpanLinks& links) {
  for (const SpanLink& link : links)
    if (overlap(link.source, span) > 0) return link.target.begin;
  if (source.empty()) return 0;
  return (span.begin + span.end) * std::ssize(translation) / (2 * std::ssize(source));
}

bool is_free(const TextSpan& wanted, const std::vector<Place>& taken) {
  return std::none_of(taken.begin(), taken.end(),
                      [&](const Place& place) { return overlap(place.in_translation, wanted) > 0; });
}

/// Whether what stands there is not a part of a longer word or number.
bool stands_alone(std::string_view text, const TextSpan& span) {
  const auto is_word = [](char c) { return is_ascii_digit(c) || is_ascii_letter(c); };
  const auto begin = static_cast<std::size_t>(span.begin), end = static_cast<std::size_t>(span.end);
  const bool before = begin > 0 && is_word(text[begin]) && is_word(text[begin - 1]);
  const bool behind = end < text.size() && is_word(text[end - 1]) && is_word(text[end]);
  return !before && !behind;
}

std::optional<TextSpan> nearest(std::string_view wanted, std::string_view text, Index place,
                                const std::vector<Place>& taken) {
  std::optional<TextSpan> best;
  for (std::size_t at = text.find(wanted); at != std::string_view::npos; at = text.find(wanted, at + 1)) {
    const TextSpan span{static_cast<Index>(at), static_cast<Index>(at + wanted.size())};
    if (!stands_alone(text, span) || !is_free(span, taken)) continue;
    if (!best || std::abs(span.begin - place) < std::abs(best->begin - place)) best = span;
  }
  return best;
}

/// The words of a translation that were made from a span: one run of them, nothing that is taken; or an empty
/// span between two words.
TextSpan made_from(const TextSpan& span, const std::vector<TextSpan>& units, const SpanLinks& links,
                   Index place, const std::vector<Place>& taken) {
  std::optional<TextSpan> run;
  for (const TextSpan& unit : units) {
    const bool made = std::any_of(links.begin(), links.end(), [&](const SpanLink& link) {
      return overlap(link.target, unit) > 0 && overlap(link.source, span) > 0;
    });
    const bool fits = made && is_free(unit, taken);
    if (fits && run)
      run->end = unit.end;
    else if (fits)
      run = unit;
    else if (run)
      break;
  }
  if (run) return *run;
  Index at = 0;
  for (const TextSpan& unit : units) {
    const bool inside = std::any_of(taken.begin(), taken.end(), [&](const Place& other) {
      return other.in_translation.begin < unit.begin && unit.begin < other.in_translation.end;
    });
    if (!inside && std::abs(unit.begin - place) < std::abs(at - place)) at = unit.begin;
    if (!inside && std::abs(unit.end - place) < std::abs(at - place)) at = unit.end;
  }
  return {at, at};
}

}  // namespace

std::vector<TextSpan> protected_spans(std::string_view text) {
  std::vector<TextSpan> spans;
  char before = ' ';
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = protected_at(text.substr(at), before);
    if (length > 0) {
      spans.push_back({static_cast<Index>(at), static_cast<Index>(at + length)});
      at += length;
    } else {
      next_code_point(text, at);
    }
    before = text[at - 1];
  }
  return spans;
}

ProtectedTranslation with_protected_spans(std::string_view source, const std::vector<TextSpan>& spans,
                                          std::string_view translation, const SpanLinks& links) {
  if (spans.empty()) return {std::string(translation), links, {}};
  const auto bytes_of = [&](const TextSpan& span) {
    return source.substr(static_cast<std::size_t>(span.begin),
                         static_cast<std::size_t>(span.end - span.begin));
  };
  std::vector<Place> places(spans.size(), Place{{-1, -1}, false});
  for (std::size_t i = 0; i < spans.size(); ++i) {
    const Index place = expected_place(spans[i], source, translation, links);
    if (const auto there = nearest(bytes_of(spans[i]), translation, place, places))
      places[i] = {*there, true};
  }
  const std::vector<TextSpan> units = text_units(translation);
  for (std::size_t i = 0; i < spans.size(); ++i) {
    if (places[i].found) continue;
    const Index place = expected_place(spans[i], source, translation, links);
    places[i].in_translation = made_from(spans[i], units, links, place, places);
  }

  std::vector<std::size_t> order(spans.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return places[a].in_translation.begin < places[b].in_translation.begin;
  });
  ProtectedTranslation result{{}, {}, std::vector<TextSpan>(spans.size())};
  struct Piece {
    Index from, to, now;  // bytes of the translation, and where they stand now
  };
  std::vector<Piece> pieces;
  Index done = 0;
  const auto keep_up_to = [&](Index end) {
    if (end < done) return;  // within what was just replaced
    pieces.push_back({done, end, std::ssize(result.text)});
    result.text += translation.substr(static_cast<std::size_t>(done), static_cast<std::size_t>(end - done));
    done = end;
  };
  for (const std::size_t i : order) {
    const TextSpan& there = places[i].in_translation;
    keep_up_to(there.begin);
    const bool inserted = there.begin == there.end;
    const bool glued = !result.text.empty() && !is_ascii_space(result.text.back());
    if (inserted && glued) result.text += ' ';
    result.spans[i] = {std::ssize(result.text), std::ssize(result.text) + spans[i].end - spans[i].begin};
    result.text += bytes_of(spans[i]);
    done = std::max(done, there.end);
    if (inserted && done < std::ssize(translation) &&
        !is_ascii_space(translation[static_cast<std::size_t>(done)]))
      result.text += ' ';
  }
  keep_up_to(std::ssize(translation));

  for (const SpanLink& link : links)
    for (const Piece& piece : pieces) {
      const TextSpan common{std::max(link.target.begin, piece.from), std::min(link.target.end, piece.to)};
      if (common.begin >= common.end) continue;
      const Index moved = piece.now - piece.from;
      result.links.push_back({{common.begin + moved, common.end + moved}, link.source});
    }
  for (std::size_t i = 0; i < spans.size(); ++i) result.links.push_back({result.spans[i], spans[i]});
  std::stable_sort(result.links.begin(), result.links.end(),
                   [](const SpanLink& a, const SpanLink& b) { return a.target.begin < b.target.begin; });
  return result;
}

}  // namespace heed
