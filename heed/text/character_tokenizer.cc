#include "heed/text/character_tokenizer.h"

#include <fmt/format.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <charconv>
#include <unordered_set>

#include "heed/base/error.h"
#include "heed/text/code_points.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

constexpr std::int32_t shown_space = 0x2581;
constexpr std::uint32_t visible = U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK | U_GC_P_MASK | U_GC_S_MASK;

std::string line_of(std::int32_t code_point) { return fmt::format("U+{:04X}", code_point); }

/// The code point that a line spells just as line_of does; -1 if it spells none.
std::int32_t code_point_of(std::string_view line) {
  std::int32_t code_point = -1;
  if (!line.starts_with("U+")) return -1;
  std::from_chars(line.data() + 2, line.data() + line.size(), code_point, 16);
  const bool character = 0 <= code_point && code_point <= 0x10FFFF && !U_IS_SURROGATE(code_point);
  return character && line_of(code_point) == line ? code_point : -1;
}

}  // namespace

CharacterTokenizer::CharacterTokenizer(std::string_view vocabulary, const std::string& name) : name_(name) {
  require<CheckpointError>(!vocabulary.empty(), name, ": holds no characters; was the file copied whole?");
  ascii_.fill(special::unk);
  while (!vocabulary.empty()) {
    const std::size_t number = code_points_.size() + 1, end = vocabulary.find('\n');
    require<CheckpointError>(end != vocabulary.npos, name, ":", number,
                             ": the last line has no end; was the file copied whole?");
    const std::string_view line = vocabulary.substr(0, end);
    vocabulary.remove_prefix(end + 1);
    const std::int32_t code_point = code_point_of(line);
    require<CheckpointError>(code_point >= 0, name, ":", number, ": '", printable(line),
                             "' is no code point such as U+0041; the file is damaged");
    require<CheckpointError>(code_points_.empty() || code_points_.back() < code_point, name, ":", number,
                             ": ", line, " does not follow in order; the file is damaged");
    if (code_point < std::ssize(ascii_)) ascii_[static_cast<std::size_t>(code_point)] = vocabulary_size();
    code_points_.push_back(code_point);
    append_utf8(utf8_.emplace_back(), code_point);
  }
}

Index CharacterTokenizer::id_of(std::int32_t code_point) const {
  if (code_point < std::ssize(ascii_)) return ascii_[static_cast<std::size_t>(code_point)];
  const auto found = std::ranges::lower_bound(code_points_, code_point);
  if (found == code_points_.end() || *found != code_point) return special::unk;
  return special::count + (found - code_points_.begin());
}

std::vector<Index> CharacterTokenizer::encode(std::string_view text) const {
  std::vector<Index> ids;
  ids.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t before = at;
    const std::int32_t code_point = next_code_point(text, at);
    ids.push_back(is_malformed_step(code_point, before, at) ? special::unk : id_of(code_point));
  }
  return ids;
}

std::vector<std::string> CharacterTokenizer::unknown_parts(std::string_view text) const {
  std::vector<std::string> parts;
  std::unordered_set<std::string_view> seen;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t before = at;
    const std::int32_t code_point = next_code_point(text, at);
    const std::string_view part = text.substr(before, at - before);
    if ((is_malformed_step(code_point, before, at) || id_of(code_point) == special::unk) &&
        seen.insert(part).second)
      parts.emplace_back(part);
  }
  return parts;
}

std::string CharacterTokenizer::decode(std::span<const Index> ids) const {
  std::string text;
  text.reserve(ids.size());
  for (const Index id : ids) {
    require_known(id);
    if (id >= special::count) text += utf8_[static_cast<std::size_t>(id - special::count)];
  }
  return text;
}

std::vector<TextSpan> CharacterTokenizer::spans(std::string_view text) const {
  std::vector<TextSpan> all;
  for (std::size_t at = 0; at < text.size();) {
    const auto before = static_cast<Index>(at);
    next_code_point(text, at);
    all.push_back({before, static_cast<Index>(at)});
  }
  return all;
}

std::string CharacterTokenizer::piece(Index id) const {
  require_known(id);
  if (id < special::count) return std::string(special::names[static_cast<std::size_t>(id)]);
  const auto place = static_cast<std::size_t>(id - special::count);
  const std::int32_t code_point = code_points_[place];
  if (code_point == ' ') return "\u2581";
  const bool seen = (U_GET_GC_MASK(code_point) & visible) != 0 && code_point != shown_space;
  return seen ? utf8_[place] : "<" + line_of(code_point) + ">";
}

std::optional<Index> CharacterTokenizer::find(std::string_view piece) const {
  for (Index id = 0; id < vocabulary_size(); ++id)
    if (this->piece(id) == piece) return id;
  return std::nullopt;
}

std::string CharacterTokenizer::serialized() const {
  std::string content;
  for (const std::int32_t code_point : code_points_) content += line_of(code_point) + "\n";
  return content;
}

void CharacterTokenizer::require_known(Index id) const {
  require<DataError>(0 <= id && id < vocabulary_size(), name_, ": token ", id, " meets a vocabulary of ",
                     vocabulary_size(), " characters; does the model belong to another tokenizer?");
}

void CharacterCounts::add(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t before = at;
    const std::int32_t code_point = next_code_point(text, at);
    if (is_malformed_step(code_point, before, at)) continue;
    const auto place = static_cast<std::size_t>(code_point);
    if (place >= counts_.size()) counts_.resize(place + 1);
    ++counts_[place];
  }
}

std::string CharacterCounts::vocabulary(Index minimum_count) const {
  std::string content;
  for (std::size_t place = 0; place < counts_.size(); ++place)
    if (counts_[place] >= std::max<Index>(minimum_count, 1))
      content += line_of(static_cast<std::int32_t>(place)) + "\n";
  require<DataError>(!content.empty(),
                     "tokenizer: no character makes it into the vocabulary; is the text empty, or "
                     "minimum_count too high?");
  return content;
}

}  // namespace heed
