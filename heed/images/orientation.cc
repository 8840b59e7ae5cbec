#include "heed/images/orientation.h"

#include <algorithm>
#include <array>
#include <utility>

namespace heed {
namespace {

/// Numbers in a TIFF structure, of either byte order.
class Tiff {
 public:
  explicit Tiff(std::span<const std::byte> bytes) : bytes_(bytes) {
    if (bytes.size() < 8) return;
    big_endian_ = at(0) == 'M';
    sound_ = at(0) == at(1) && (at(0) == 'M' || at(0) == 'I') && number(2, 2) == 42;
  }

  bool sound() const { return sound_; }
  bool has(std::size_t place, std::size_t count) const {
    return place <= bytes_.size() && count <= bytes_.size() - place;
  }
  std::uint32_t number(std::size_t place, std::size_t count) const {
    std::uint32_t result = 0;
    for (std::size_t i = 0; i < count; ++i)
      result = result << 8 | at(big_endian_ ? place + i : place + count - 1 - i);
    return result;
  }

 private:
  std::uint8_t at(std::size_t place) const { return std::to_integer<std::uint8_t>(bytes_[place]); }

  std::span<const std::byte> bytes_;
  bool big_endian_ = false, sound_ = false;
};

}  // namespace

int exif_orientation(std::span<const std::byte> bytes) {
  constexpr std::uint32_t orientation_tag = 0x0112, of_16_bits = 3;
  constexpr std::size_t entry_bytes = 12;
  const Tiff tiff(bytes);
  if (!tiff.sound()) return 1;
  const std::size_t directory = tiff.number(4, 4);
  if (!tiff.has(directory, 2)) return 1;
  const std::size_t entries = tiff.number(directory, 2);
  for (std::size_t i = 0; i < entries; ++i) {
    const std::size_t entry = directory + 2 + i * entry_bytes;
    if (!tiff.has(entry, entry_bytes)) return 1;
    if (tiff.number(entry, 2) != orientation_tag || tiff.number(entry + 2, 2) != of_16_bits) continue;
    const std::uint32_t value = tiff.number(entry + 8, 2);
    return value >= 1 && value <= 8 ? static_cast<int>(value) : 1;
  }
  return 1;
}

Image upright(Image stored, int orientation) {
  if (orientation <= 1 || orientation > 8) return stored;
  const bool turned = orientation >= 5;  // on its side: rows become columns
  Image result = black_image(turned ? stored.height : stored.width, turned ? stored.width : stored.height,
                             stored.channels);
  const Index right = stored.width - 1, bottom = stored.height - 1;
  // The stored pixel of an upright one.
  const auto from = [&](Index x, Index y) -> std::pair<Index, Index> {
    switch (orientation) {
      case 2:
        return {right - x, y};
      case 3:
        return {right - x, bottom - y};
      case 4:
        return {x, bottom - y};
      case 5:
        return {y, x};
      case 6:
        return {y, bottom - x};
      case 7:
        return {right - y, bottom - x};
      default:
        return {right - y, x};
    }
  };
  for (Index y = 0; y < result.height; ++y)
    for (Index x = 0; x < result.width; ++x) {
      const auto [stored_x, stored_y] = from(x, y);
      std::copy_n(stored.pixel(stored_x, stored_y), stored.channels, result.pixel(x, y));
    }
  return result;
}

}  // namespace heed
