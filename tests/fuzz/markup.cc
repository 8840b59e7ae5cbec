#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "heed/markup/markup_text.h"
#include "heed/markup/protected_spans.h"
#include "heed/markup/text_units.h"

namespace heed {
namespace {

void demand(bool holds) {
  if (!holds) std::abort();
}

std::string_view part(std::string_view text, const TextSpan& span) {
  demand(span.begin >= 0 && span.begin <= span.end && span.end <= std::ssize(text));
  return text.substr(static_cast<std::size_t>(span.begin), static_cast<std::size_t>(span.end - span.begin));
}

/// Whether every closing tag closes what was opened last, and nothing stays open.
bool well_formed(std::string_view text, MarkupDialect dialect) {
  std::vector<std::string> open;
  for (const MarkupToken& token : markup_tokens(text, dialect)) {
    if (token.kind == MarkupKind::open) open.push_back(token.name);
    if (token.kind != MarkupKind::close) continue;
    if (open.empty() || open.back() != token.name) return false;
    open.pop_back();
  }
  return open.empty();
}

/// A block with its words the other way round.
TranslatedBlock turned_round(const MarkupBlock& block) {
  std::vector<TextSpan> words = text_units(block.text);
  std::reverse(words.begin(), words.end());
  std::string text;
  SpanLinks links;
  for (const TextSpan& word : words) {
    if (!text.empty()) text += ' ';
    links.push_back({{std::ssize(text), std::ssize(text) + word.end - word.begin}, word});
    text += part(block.text, word);
  }
  std::vector<TextSpan> spans = block.untranslated;
  const ProtectedTranslation kept = with_protected_spans(block.text, spans, text, links);
  for (std::size_t i = 0; i < spans.size(); ++i)
    demand(part(kept.text, kept.spans[i]) == part(block.text, spans[i]));
  return {kept.text, kept.links, kept.spans};
}

void read(std::string_view text, MarkupDialect dialect) {
  std::string all;
  for (const MarkupToken& token : markup_tokens(text, dialect)) all += token.raw;
  demand(all == text);
  const MarkupText markup(text, dialect);
  std::vector<TranslatedBlock> none(markup.blocks().size()), turned;
  demand(markup.with(none) == text);
  for (const MarkupBlock& block : markup.blocks()) {
    Index end = 0;
    for (const TextSpan& span : protected_spans(block.text)) {
      demand(span.begin >= end && !part(block.text, span).empty());
      end = span.end;
    }
    turned.push_back(turned_round(block));
  }
  const std::string result = markup.with(turned);
  demand(!well_formed(text, dialect) || well_formed(result, dialect));
}

}  // namespace
}  // namespace heed

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t count) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), count);
  heed::read(text, heed::MarkupDialect::html);
  heed::read(text, heed::MarkupDialect::xml);
  return 0;
}
