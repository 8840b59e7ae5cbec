#include "heed/service/source_parts.h"

#include "heed/text/sentences.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

bool inside_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

/// A text that the model takes whole, or parts of it that it takes. `line` is where it stands.
void halve(std::string_view text, SourcePart whole, const PartRules& rules, std::vector<SourcePart>& parts) {
  whole.tokens = rules.encode(text);
  if (whole.tokens.size() <= 1) return;
  if (std::ssize(whole.tokens) <= rules.longest || count_code_points(text) < 2) {
    whole.text = text;
    parts.push_back(std::move(whole));
    return;
  }
  const auto [head, tail] = halves(text);
  halve(head, {.line = whole.line, .begin = whole.begin, .gap = " "}, rules, parts);
  halve(tail, {.line = whole.line, .begin = whole.begin + std::ssize(head), .gap = " "}, rules, parts);
}

}  // namespace

void cut_into_parts(std::size_t line, std::string_view text, const PartRules& rules,
                    std::vector<SourcePart>& parts) {
  const bool unusual = rules.usual > 0 && std::ssize(rules.encode(text)) > rules.usual;
  const auto found = rules.at_sentences && unusual ? sentences(text) : std::vector<Sentence>{{text, {}}};
  std::string_view gap;
  for (const Sentence& sentence : found) {
    const std::size_t first = parts.size();
    halve(sentence.text, {.line = line, .begin = sentence.text.data() - text.data(), .gap = " "}, rules,
          parts);
    if (parts.size() > first && first > 0 && parts[first - 1].line == line) {
      parts[first].gap = gap;
      parts[first].new_sentence = true;
    }
    gap = sentence.space;
  }
}

std::pair<std::string, std::string> halves(std::string_view text) {
  constexpr std::size_t none = std::string_view::npos;
  const std::size_t middle = text.size() / 2;
  const auto distance = [&](std::size_t at) { return at > middle ? at - middle : middle - at; };
  std::size_t word = none, sentence = none;
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    if (text[i] != ' ') continue;
    if (word == none || distance(i) < distance(word)) word = i;
    const bool ends = text[i - 1] == '.' || text[i - 1] == '!' || text[i - 1] == '?';
    if (ends && (sentence == none || distance(i) < distance(sentence))) sentence = i;
  }
  // An end of sentence in the outer quarters would leave too large a rest.
  std::size_t cut = sentence != none && distance(sentence) < text.size() / 4 ? sentence : word;
  if (cut == none) {
    cut = middle;
    while (cut > 0 && inside_character(text[cut])) --cut;
    if (cut == 0)
      for (cut = middle + 1; cut < text.size() && inside_character(text[cut]);) ++cut;
  }
  return {std::string(text.substr(0, cut)), std::string(text.substr(cut))};
}

}  // namespace heed
