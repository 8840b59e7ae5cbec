#include "heed/text/character_map.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <optional>
#include <vector>

namespace heed {
namespace {

/// As many rules as SentencePiece has room for where each begins as the next does.
constexpr int most_leaves = 32;
/// Bytes of a rule: this bounds the recursion. Real ones have some thirty.
constexpr int longest_key = 256;

class MapTrie {
 public:
  /// `units` must not be empty.
  MapTrie(std::string_view units, std::string_view texts)
      : units_(units.size() / sizeof(std::uint32_t)), texts_(texts.size()), leaves_(units_.size(), unknown) {
    std::memcpy(units_.data(), units.data(), units_.size() * sizeof(std::uint32_t));
  }

  bool sound() {
    const auto leaves = leaves_below(offset(units_[0]), 0);
    return leaves && *leaves <= most_leaves;
  }

 private:
  static constexpr int unknown = -1, open = -2;

  static std::uint32_t offset(std::uint32_t unit) { return (unit >> 10) << ((unit & (1u << 9)) >> 6); }
  static bool has_leaf(std::uint32_t unit) { return (unit >> 8) & 1; }
  static std::uint32_t value(std::uint32_t unit) { return unit & 0x7FFFFFFFu; }
  static std::uint32_t label(std::uint32_t unit) { return unit & 0x800000FFu; }

  /// The most leaves on a way down from the node whose children stand at base ^ label; nothing if one of them
  /// leads out of the array, out of the texts, or back.
  std::optional<int> leaves_below(std::uint32_t base, int depth) {
    if (depth > longest_key || (base | 0xFFu) >= units_.size() || leaves_[base] == open) return std::nullopt;
    if (leaves_[base] != unknown) return leaves_[base];
    leaves_[base] = open;
    int most = 0;
    for (std::uint32_t character = 0; character <= 0xFF; ++character) {
      const std::uint32_t at = base ^ character, unit = units_[at];
      if (label(unit) != character) continue;
      const std::uint32_t below = at ^ offset(unit);
      // The value of a leaf stands where the child of label 0 would.
      if (has_leaf(unit) && (below >= units_.size() || value(units_[below]) >= texts_)) return std::nullopt;
      // A unit of zeros can be the child that leads back to where it stands: nothing comes of that.
      if (below == base && !has_leaf(unit)) continue;
      const auto leaves = leaves_below(below, depth + 1);
      if (!leaves) return std::nullopt;
      most = std::max(most, *leaves + has_leaf(unit));
    }
    return leaves_[base] = most;
  }

  std::vector<std::uint32_t> units_;
  std::size_t texts_;
  std::vector<int> leaves_;  // by base
};

}  // namespace

bool is_sound_character_map(std::string_view bytes) {
  std::uint32_t trie = 0;
  if (bytes.size() < sizeof trie) return false;
  std::memcpy(&trie, bytes.data(), sizeof trie);
  bytes.remove_prefix(sizeof trie);
  if (trie == 0 || trie % sizeof(std::uint32_t) != 0 || trie >= bytes.size() || bytes.back() != '\0')
    return false;
  return MapTrie(bytes.substr(0, trie), bytes.substr(trie)).sound();
}

}  // namespace heed
