#include "heed/service/steering.h"

#include <algorithm>

#include "heed/base/error.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

constexpr std::string_view white_space = " \t\n\r";

std::string text_of(const std::vector<Index>& tokens, const Tokenizer& tokenizer) {
  std::string text;
  for (const Index token : tokens) text += tokenizer.added_text(token);
  return text;
}

std::vector<Index> tokens_of(std::string_view text, const Tokenizer& tokenizer, std::string_view where,
                             std::string_view what) {
  require_utf8(text, message(where, ": ", what));
  std::vector<Index> tokens = tokenizer.encode(text);
  std::string unknown;
  for (const std::string& part : tokenizer.unknown_parts(text))
    unknown += message(unknown.empty() ? "" : ", ", "'", printable(part), "'");
  require<DataError>(unknown.empty(), where, ": ", what, " '", printable(text),
                     "': the model's vocabulary does not hold ", unknown, "; give another spelling");
  return tokens;
}

/// The tokens of all whole words of a prefix, and the text of what is left: the last word, or a space.
void set_prefix(SearchConstraints& constraints, std::string_view prefix, const Tokenizer& tokenizer,
                std::string_view where) {
  const std::vector<Index> all = tokens_of(prefix, tokenizer, where, "the prefix");
  const std::size_t space = prefix.find_last_of(white_space);
  const std::size_t words_end =
      space == prefix.npos ? prefix.npos : prefix.substr(0, space).find_last_not_of(white_space);
  const std::string_view words = words_end == prefix.npos ? "" : prefix.substr(0, words_end + 1);
  constraints.prefix = tokenizer.encode(words);
  const std::string whole = text_of(all, tokenizer), head = text_of(constraints.prefix, tokenizer);
  const bool ends_with_space = space != prefix.npos && space + 1 == prefix.size();
  if (whole.starts_with(head))
    constraints.continuation = whole.substr(head.size());
  else  // what is behind a word changes its tokens
    constraints.prefix = all;
  if (ends_with_space && constraints.continuation.empty() && !words.empty()) constraints.continuation = " ";
}

}  // namespace

std::vector<TermOutcome> terms_for(std::string_view source, const Steering& steering) {
  std::vector<TermOutcome> terms;
  const auto add = [&](std::string from, std::string to) {
    if (!std::ranges::count(terms, to, &TermOutcome::target))
      terms.push_back({.source = std::move(from), .target = std::move(to)});
  };
  for (const std::string& term : steering.terms)
    if (!trimmed(term).empty()) add({}, std::string(trimmed(term)));
  if (steering.glossary)
    for (const GlossaryEntry& entry : steering.glossary->found_in(source)) add(entry.source, entry.target);
  return terms;
}

SearchConstraints constraints_for(const Steering& steering, const std::vector<TermOutcome>& terms,
                                  const Tokenizer& target, std::string_view where) {
  SearchConstraints constraints;
  if (!steering.prefix.empty()) set_prefix(constraints, steering.prefix, target, where);
  for (const TermOutcome& term : terms)
    constraints.terms.push_back(tokens_of(term.target, target, where, "the term"));
  for (const std::string& phrase : steering.suppressed) {
    require_utf8(phrase, message(where, ": a suppressed word"));
    if (!trimmed(phrase).empty()) constraints.suppressed.push_back(phrase);
  }
  std::erase_if(constraints.terms, [](const auto& tokens) { return tokens.empty(); });
  return constraints;
}

}  // namespace heed
