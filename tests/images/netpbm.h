#pragma once
#include <gtest/gtest.h>

#include <filesystem>
#include <sstream>
#include <string>

#include "heed/base/files.h"
#include "heed/images/image.h"

namespace heed {

inline std::filesystem::path golden_image(const std::string& name) {
  return std::filesystem::path(HEED_SOURCE_DIR) / "tests/golden/images" / name;
}

/// The image of a binary PGM or PPM file of 8 bits.
inline Image read_netpbm(const std::filesystem::path& path) {
  std::istringstream in(read_file(path));
  std::string kind;
  Index width = 0, height = 0, most = 0;
  in >> kind >> width >> height >> most;
  in.get();
  Image image = black_image(width, height, kind == "P6" ? 3 : 1);
  in.read(reinterpret_cast<char*>(image.samples.data()), std::ssize(image.samples));
  EXPECT_TRUE(in.good() && most == 255 && (kind == "P5" || kind == "P6")) << path;
  return image;
}

/// The largest difference of two images' samples, which are of one shape.
inline int largest_difference(const Image& a, const Image& b) {
  EXPECT_EQ(a.width, b.width);
  EXPECT_EQ(a.height, b.height);
  EXPECT_EQ(a.channels, b.channels);
  int most = 0;
  for (std::size_t i = 0; i < std::min(a.samples.size(), b.samples.size()); ++i)
    most = std::max(most, std::abs(int{a.samples[i]} - int{b.samples[i]}));
  return most;
}

/// An image of samples that differ from place to place.
inline Image varied_image(Index width, Index height, Index channels) {
  Image image = black_image(width, height, channels);
  for (std::size_t i = 0; i < image.samples.size(); ++i)
    image.samples[i] = static_cast<std::uint8_t>(i * 37 + i * i * 11);
  return image;
}

}  // namespace heed
