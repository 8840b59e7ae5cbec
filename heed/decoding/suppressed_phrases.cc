#include "heed/decoding/suppressed_phrases.h"
#include "heed/decoding/impossible.h"

#include <limits>

namespace heed {
namespace {

std::string with_single_spaces(std::string_view text) {
  std::string result;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!space)
      result += c;
    else if (!result.empty() && result.back() != ' ')
      result += ' ';
  }
  if (result.ends_with(' ')) result.pop_back();
  return result;
}

/// Whether a word goes on from one text to the next.
bool joined(std::string_view before, std::string_view behind) {
  return ends_with_word(before) && begins_with_word(behind);
}

}  // namespace

SuppressedPhrases::SuppressedPhrases(const TokenTexts& texts, std::span<const std::string> phrases)
    : texts_(&texts) {
  for (const std::string& given : phrases) {
    Phrase phrase{with_single_spaces(given), {}};
    if (phrase.text.empty()) continue;
    for (Index id = 0; id < texts.size(); ++id)
      if (texts.text(id).find(phrase.text) != std::string::npos) phrase.holders.push_back(id);
    phrases_.push_back(std::move(phrase));
  }
}

void SuppressedPhrases::forbid(std::span<float> log_probabilities, std::string_view written) const {
  for (const Phrase& phrase : phrases_) forbid(log_probabilities, written, phrase);
}

void SuppressedPhrases::forbid(std::span<float> log_probabilities, std::string_view written,
                               const Phrase& phrase) const {
  const std::string_view text = phrase.text;
  const auto make_impossible = [&](Index id) {
    log_probabilities[static_cast<std::size_t>(id)] = impossible;
  };
  for (const Index id : phrase.holders) {
    const std::string_view token = texts_->text(id);
    for (std::size_t at = token.find(text); at != token.npos; at = token.find(text, at + 1))
      if (!joined(at > 0 ? token.substr(0, at) : written, text) &&
          !joined(text, token.substr(at + text.size())))
        make_impossible(id);
  }
  for (std::size_t begun = 1; begun < text.size() && begun <= written.size(); ++begun) {
    if (!written.ends_with(text.substr(0, begun))) continue;
    if (joined(written.substr(0, written.size() - begun), text)) continue;
    const std::string_view rest = text.substr(begun);
    for (const Index id : texts_->beginning_with(rest))
      if (!joined(text, std::string_view(texts_->text(id)).substr(rest.size()))) make_impossible(id);
  }
}

}  // namespace heed
