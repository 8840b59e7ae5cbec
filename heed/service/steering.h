#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "heed/base/fields.h"
#include "heed/decoding/search_constraints.h"
#include "heed/service/glossary.h"
#include "heed/text/token_texts.h"

namespace heed {

/// What somebody asks of the text of one translation.
struct Steering {
  std::string prefix{};                   // the text that it begins with; its last word may be a part of one
  std::vector<std::string> terms{};       // that must appear as words
  std::vector<std::string> suppressed{};  // words and phrases that must not
  std::shared_ptr<const Glossary> glossary{};

  bool empty() const { return prefix.empty() && terms.empty() && suppressed.empty() && !glossary; }
  /// Whether it is about the translation as a whole, so that a text cannot be translated in parts.
  bool about_the_whole() const { return !prefix.empty() || !terms.empty(); }

  static constexpr std::string_view title = "Steering";
  static constexpr auto fields() {
    using S = Steering;
    return std::tuple(
        field("target_prefix", &S::prefix,
              "text that each translation begins with; its last word may go on, unless a space follows it"),
        field("terms", &S::terms, "words and phrases that must appear in each translation"),
        field("suppress", &S::suppressed, "words and phrases that must not appear in any translation"));
  }
};

/// A term that was to appear in a translation.
struct TermOutcome {
  std::string source = {};  // of a glossary; empty: it was asked for by itself
  std::string target;
  bool met = false;
};

/// The terms that the translation of this source text must hold, each target once.
std::vector<TermOutcome> terms_for(std::string_view source, const Steering& steering);

/// The same for a search. DataError, beginning with `where`, for text that is not UTF-8 or that the tokenizer
/// has no tokens for.
SearchConstraints constraints_for(const Steering& steering, const std::vector<TermOutcome>& terms,
                                  const Tokenizer& target, std::string_view where);

}  // namespace heed
