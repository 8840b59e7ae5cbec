#include "heed/text/joiner_rules.h"

#include <array>
#include <cstdint>
#include <cstring>
#include <optional>
#include <vector>

#include "heed/base/error.h"
#include "heed/text/character_map.h"

namespace heed {
namespace {

constexpr std::array<std::string_view, 2> joiners{"\u200C", "\u200D"};

/// The double-array trie of the rules, as character_map.cc explains it: units that say where their children
/// are.
class RuleTrie {
 public:
  explicit RuleTrie(std::string_view bytes) : units_(bytes.size() / sizeof(std::uint32_t)) {
    std::memcpy(units_.data(), bytes.data(), units_.size() * sizeof(std::uint32_t));
  }

  /// Gives a key another value where it has one and begins no other key.
  void change(std::string_view key, std::uint32_t value) {
    const auto found = find(key);
    if (!found) return;
    // Keys may share the unit that holds their value: this one gets a block of its own.
    const std::size_t block = units_.size();
    const std::size_t offset = *found ^ block;
    if (block % 256 != 0 || offset >= 1u << 21) return;
    units_.resize(block + 256);
    units_[block] = value | 0x80000000u;
    units_[*found] = (units_[*found] & 0x1FFu) | static_cast<std::uint32_t>(offset) << 10;
  }

  std::string bytes() const {
    return {reinterpret_cast<const char*>(units_.data()), units_.size() * sizeof(std::uint32_t)};
  }

 private:
  static std::size_t offset(std::uint32_t unit) { return (unit >> 10) << ((unit & (1u << 9)) >> 6); }
  bool has_child(std::size_t base, unsigned char label) const {
    return (base ^ label) < units_.size() && (units_[base ^ label] & 0x800000FFu) == label;
  }

  /// The unit at which a key ends.
  std::optional<std::size_t> find(std::string_view key) const {
    if (units_.empty()) return std::nullopt;
    std::size_t base = offset(units_[0]), at = 0;
    for (const char c : key) {
      const auto label = static_cast<unsigned char>(c);
      if (!has_child(base, label)) return std::nullopt;
      at = base ^ label;
      base = at ^ offset(units_[at]);
    }
    if (((units_[at] >> 8) & 1) == 0) return std::nullopt;
    for (unsigned label = 1; label < 256; ++label)
      if (has_child(base, static_cast<unsigned char>(label))) return std::nullopt;
    return at;
  }

  std::vector<std::uint32_t> units_;
};

}  // namespace

bool holds_joiner(std::string_view text) {
  for (std::size_t at = 0; (at = text.find("\xE2\x80", at)) != text.npos; at += 2)
    if (at + 2 < text.size() && (text[at + 2] == '\x8C' || text[at + 2] == '\x8D')) return true;
  return false;
}

std::string with_joiners_kept(std::string_view rules) {
  std::uint32_t size = 0;
  require<CheckpointError>(is_sound_character_map(rules),
                           "tokenizer: rules of normalization that lead nowhere");
  std::memcpy(&size, rules.data(), sizeof size);
  RuleTrie trie(rules.substr(sizeof size, size));
  std::string texts(rules.substr(sizeof size + size));  // what characters become, each with a NUL behind it
  for (const std::string_view joiner : joiners) {
    trie.change(joiner, static_cast<std::uint32_t>(texts.size()));
    texts.append(joiner).append(1, '\0');
  }
  const std::string units = trie.bytes();
  size = static_cast<std::uint32_t>(units.size());
  return std::string(reinterpret_cast<const char*>(&size), sizeof size) + units + texts;
}

}  // namespace heed
