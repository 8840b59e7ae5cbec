#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "heed/markup/markup_tokens.h"
#include "heed/markup/span_links.h"

namespace heed {

/// A stretch of text between block elements, with what of its inline elements has to come through.
struct MarkupBlock {
  std::string text;                    // as people read it: no tags, characters instead of references
  std::vector<TextSpan> untranslated;  // of the text: what must come through unchanged
  bool lines = false;  // whether ends of lines are to be seen (<pre>): then they are in the text
};

/// A place that is not known.
inline constexpr TextSpan nowhere{-1, -1};

/// A block's text in another language.
struct TranslatedBlock {
  std::string text;
  SpanLinks links;                     // of it to the block's text
  std::vector<TextSpan> untranslated;  // where the block's own stand in it; what is nowhere is put at its end
};

/// A text with markup, HTML or XML, taken apart into blocks of text. What is put together again has every tag
/// that it had, with its attributes, once and properly nested; blocks that have nothing to translate are the
/// same bytes. Elements whose tags don't pair within a block, as in broken markup, end blocks, so that their
/// tags stay in their order.
class MarkupText {
 public:
  explicit MarkupText(std::string_view text, MarkupDialect dialect = MarkupDialect::html);
  ~MarkupText();
  MarkupText(MarkupText&&) noexcept;
  MarkupText& operator=(MarkupText&&) noexcept;

  /// In their order.
  const std::vector<MarkupBlock>& blocks() const;

  /// The markup with a translation for each block; one without text stands for the block itself.
  std::string with(const std::vector<TranslatedBlock>& translations) const;

 private:
  class Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace heed
