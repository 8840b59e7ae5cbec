#include "heed/text/character_map.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <vector>

namespace heed {
namespace {

using Units = std::vector<std::uint32_t>;
using namespace std::string_literals;

constexpr std::uint32_t leaf = 1u << 8, value = 1u << 31;

/// A unit whose children stand at (its place ^ offset) ^ label.
std::uint32_t unit(std::uint32_t offset, std::uint32_t label, std::uint32_t flags = 0) {
  return offset << 10 | label | flags;
}

/// One rule: 'a' becomes the text at `text`. Nodes: the root at 0, its children around 0x100, and below 'a'
/// the value at 0x200.
Units one_rule(std::uint32_t text = 0) {
  Units units(0x300, value);
  units[0] = unit(0x100, 0);
  units[0x100 ^ 'a'] = unit((0x100 ^ 'a') ^ 0x200, 'a', leaf);
  units[0x200] = value | text;
  return units;
}

std::string map_of(const Units& units, const std::string& texts) {
  const auto size = static_cast<std::uint32_t>(units.size() * sizeof(std::uint32_t));
  std::string bytes(sizeof size + size, '\0');
  std::memcpy(bytes.data(), &size, sizeof size);
  std::memcpy(bytes.data() + sizeof size, units.data(), size);
  return bytes + texts;
}

TEST(CharacterMap, is_sound_where_its_rules_stay_within_it) {
  EXPECT_TRUE(is_sound_character_map(map_of(one_rule(), "b\0"s)));
  EXPECT_TRUE(is_sound_character_map(map_of(one_rule(1), "b\0"s)));
}

TEST(CharacterMap, must_be_whole) {
  const std::string whole = map_of(one_rule(), "b\0"s);
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_FALSE(is_sound_character_map(whole.substr(0, size))) << size;
  EXPECT_FALSE(is_sound_character_map(map_of(one_rule(), "b")));  // nothing ends the text
  EXPECT_FALSE(is_sound_character_map(map_of({}, "b\0"s)));
}

TEST(CharacterMap, must_not_point_outside) {
  Units outside = one_rule();
  outside[0x100 ^ 'a'] = unit(0x1000, 'a', leaf);
  EXPECT_FALSE(is_sound_character_map(map_of(outside, "b\0"s)));
  outside = one_rule();
  outside[0] = unit(0x400, 0);
  EXPECT_FALSE(is_sound_character_map(map_of(outside, "b\0"s)));
  EXPECT_FALSE(is_sound_character_map(map_of(one_rule(2), "b\0"s)));
}

TEST(CharacterMap, must_not_lead_back) {
  Units circle = one_rule();
  circle[0x100 ^ 'a'] = unit('a', 'a', leaf);  // to its own siblings
  circle[0x100] = value;
  EXPECT_FALSE(is_sound_character_map(map_of(circle, "b\0"s)));
}

TEST(CharacterMap, has_rules_within_rules_as_far_as_there_is_room) {
  const auto nested = [](std::uint32_t depth) {
    Units units((depth + 2) * 0x100, value);
    units[0] = unit(0x100, 0);
    for (std::uint32_t i = 1; i <= depth; ++i) {
      const std::uint32_t at = i * 0x100 ^ 'a';
      units[at] = unit(at ^ (i + 1) * 0x100, 'a', leaf);
      units[(i + 1) * 0x100] = value;
    }
    return map_of(units, "b\0"s);
  };
  EXPECT_TRUE(is_sound_character_map(nested(32)));
  EXPECT_FALSE(is_sound_character_map(nested(33)));
}

}  // namespace
}  // namespace heed
