#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "heed/text/tokenizer.h"

namespace heed {

/// The text of token ids that come one by one, as far as it is safe to show: well-formed UTF-8 in whole
/// characters, without anything that may turn out to be the beginning of a stop text. All that it gives, one
/// after the other, is what decode() makes of all ids, up to the first stop text; bytes that make no
/// character are U+FFFD.
class TextStream {
 public:
  /// The text ends before the first of the `stops`. Where several end at the same byte, before the longest of
  /// them; one that is the beginning of another is found before it. `prompt` holds the ids that the others
  /// follow: their text is not given, but decides whether the first word has a space before it. ConfigError
  /// for a stop text that is empty or not UTF-8. The tokenizer must outlive the stream.
  explicit TextStream(const Tokenizer& tokenizer, std::vector<std::string> stops = {},
                      std::span<const Index> prompt = {});

  /// The text that is safe to show now that this id has come; often empty.
  std::string add(Index id);
  /// What was held back, when no more ids come.
  std::string finish();

  /// The stop text that was found, if one was: no more text comes.
  const std::optional<std::string>& stop() const { return stop_; }

 private:
  std::string_view take_decoded();
  std::string release(std::string_view decoded);
  void forget_old_ids();

  const Tokenizer* tokenizer_;
  std::vector<std::string> stops_;
  std::vector<Index> ids_;  // the latest
  std::string decoded_;     // their text
  std::size_t taken_ = 0;   // bytes of it that can change no more and have been taken
  std::string held_;        // taken, but not given
  std::optional<std::string> stop_;
};

}  // namespace heed
