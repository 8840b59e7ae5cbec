#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace heed {

enum class MarkupDialect {
  html,  // names in any case, elements without end (br, img), scripts
  xml    // none of these: what it says is what it is
};

enum class MarkupKind {
  text,
  open,     // <b>
  close,    // </b>
  empty,    // <br>, <b/>
  verbatim  // comments, declarations, and what is within scripts: nothing to read for people
};

/// A piece of markup.
struct MarkupToken {
  MarkupKind kind = MarkupKind::text;
  std::string_view raw;       // as it stands in the text
  std::string name{};         // of an element; in lower case if HTML
  bool untranslated = false;  // of an opening tag: translate="no" or class="notranslate"
};

/// A text as markup, piece by piece: together they are the text. What only looks like markup, such as a <
/// that begins no tag or a tag that never ends, is text; nothing is lost, and nothing fails.
std::vector<MarkupToken> markup_tokens(std::string_view text, MarkupDialect dialect);

}  // namespace heed
