#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "heed/markup/span_links.h"

namespace heed {

/// What of a text is to come through a translation unchanged: addresses of pages and mail, placeholders
/// ({name},
/// ${x}, %s, %1$d, %(name)s), numbers and emoji. In their order, none over another.
std::vector<TextSpan> protected_spans(std::string_view text);

/// A translation in which all protected spans stand as they do in the source.
struct ProtectedTranslation {
  std::string text;
  SpanLinks links;              // of that text
  std::vector<TextSpan> spans;  // where in it each protected span stands
};

/// Finds each protected span of a source in its translation, or puts it in the place of what was made from
/// it, as the links tell, or, where they don't, in about the same place. `spans` are in their order, none
/// over another.
ProtectedTranslation with_protected_spans(std::string_view source, const std::vector<TextSpan>& spans,
                                          std::string_view translation, const SpanLinks& links);

}  // namespace heed
