#include "heed/text/text_stream.h"

#include <algorithm>

#include "heed/base/error.h"
#include "heed/text/ascii.h"
#include "heed/text/code_points.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

constexpr std::string_view replacement = "\uFFFD";
// The longest character has four bytes: no more than three wait for the rest.
constexpr std::size_t most_waiting = 3;
// Ids that are decoded again with each new one: enough that their text does not depend on those before, but
// for its beginning.
constexpr std::size_t kept_ids = 8, most_ids = 32;

/// Bytes of the character that this one begins.
std::size_t announced_length(char first) {
  const auto byte = static_cast<unsigned char>(first);
  if (byte >= 0xF0) return 4;
  return byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1;
}

/// Bytes at the end of a text that the next token may change: the beginning of a character, or what a
/// tokenizer writes for its bytes as long as they are not complete, U+FFFD each.
std::size_t unsettled(std::string_view text) {
  std::size_t replaced = 0;
  while (replaced < most_waiting &&
         text.substr(0, text.size() - replaced * replacement.size()).ends_with(replacement))
    ++replaced;
  if (replaced > 0) return replaced * replacement.size();
  for (std::size_t length = 1; length <= std::min(most_waiting, text.size()); ++length) {
    const char byte = text[text.size() - length];
    if (!is_continuation_byte(byte)) return announced_length(byte) > length ? length : 0;
  }
  return 0;
}

/// The text with U+FFFD for every byte that spells no character.
std::string well_formed(std::string_view text) {
  std::string result;
  while (const auto wrong = first_invalid_utf8(text)) {
    result.append(text.substr(0, *wrong)).append(replacement);
    text.remove_prefix(*wrong + 1);
  }
  return result.append(text);
}

/// Bytes at the end of a text that a stop text may begin with.
std::size_t beginning_of(std::string_view stop, std::string_view text) {
  for (std::size_t length = std::min(stop.size() - 1, text.size()); length > 0; --length)
    if (text.ends_with(stop.substr(0, length))) return length;
  return 0;
}

}  // namespace

TextStream::TextStream(const Tokenizer& tokenizer, std::vector<std::string> stops,
                       std::span<const Index> prompt)
    : tokenizer_(&tokenizer), stops_(std::move(stops)), ids_(prompt.begin(), prompt.end()) {
  for (const std::string& stop : stops_)
    require<ConfigError>(!stop.empty() && !first_invalid_utf8(stop), "stop text '", printable(stop),
                         "': it must have a character at least, and be UTF-8");
  decoded_ = tokenizer.decode(ids_);
  take_decoded();
}

std::string TextStream::add(Index id) {
  if (stop_) return {};
  if (ids_.size() >= most_ids) forget_old_ids();
  ids_.push_back(id);
  decoded_ = tokenizer_->decode(ids_);
  return release(take_decoded());
}

std::string TextStream::finish() {
  if (stop_) return {};
  std::string text = release(std::string_view(decoded_).substr(std::min(taken_, decoded_.size())));
  if (!stop_) text.append(held_);
  held_.clear();
  taken_ = decoded_.size();
  return text;
}

/// What is new in the decoded text and can change no more.
std::string_view TextStream::take_decoded() {
  const std::size_t settled = decoded_.size() - unsettled(decoded_);
  if (settled <= taken_) return {};
  const std::string_view text = std::string_view(decoded_).substr(taken_, settled - taken_);
  taken_ = settled;
  return text;
}

/// Adds to what is held and gives of it what no stop text can begin with.
std::string TextStream::release(std::string_view decoded) {
  held_ += well_formed(decoded);
  std::size_t begin = held_.size(), end = std::string::npos;
  for (const std::string& stop : stops_) {
    const std::size_t at = held_.find(stop);
    if (at == std::string::npos) continue;
    const std::size_t stop_end = at + stop.size();
    if (stop_end > end || (stop_end == end && at > begin)) continue;
    begin = at, end = stop_end;
    stop_ = stop;
  }
  if (!stop_)
    for (const std::string& stop : stops_) begin = std::min(begin, held_.size() - beginning_of(stop, held_));
  std::string text = held_.substr(0, begin);
  held_.erase(0, stop_ ? held_.size() : begin);
  return text;
}

/// Decoding all ids each time would take ever longer.
void TextStream::forget_old_ids() {
  if (taken_ < decoded_.size()) return;  // in the middle of a character
  std::vector<Index> latest(ids_.end() - kept_ids, ids_.end());
  std::string text = tokenizer_->decode(latest);
  // A tokenizer leaves out the space before the first word: there must be one already.
  if (text.empty() || unsettled(text) > 0) return;
  ids_ = std::move(latest);
  decoded_ = std::move(text);
  taken_ = decoded_.size();
}

}  // namespace heed
