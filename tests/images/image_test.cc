#include "heed/images/image.h"

#include <gtest/gtest.h>

#include "heed/images/orientation.h"
#include "heed/images/resize.h"
#include "tests/images/netpbm.h"

namespace heed {
namespace {

TEST(Image, in_gray_has_the_luma_of_its_colors) {
  const Image color{2, 1, 3, {255, 0, 0, 10, 20, 30}};
  EXPECT_EQ(with_channels(color, 1).samples, (std::vector<std::uint8_t>{76, 18}));
}

TEST(Image, in_color_is_gray_all_the_same) {
  const Image gray{2, 1, 1, {7, 250}};
  EXPECT_EQ(with_channels(gray, 3).samples, (std::vector<std::uint8_t>{7, 7, 7, 250, 250, 250}));
  EXPECT_EQ(with_channels(with_channels(gray, 3), 1), gray);
}

TEST(Orientation, is_upright_where_the_tag_is_damaged) {
  const auto of = [](std::string_view tiff) { return exif_orientation(std::as_bytes(std::span(tiff))); };
  using namespace std::string_view_literals;
  EXPECT_EQ(of("MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0"sv), 6);
  EXPECT_EQ(of("II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x03\0\0\0"sv), 3);
  EXPECT_EQ(of("MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x09\0\0"sv), 1);
  EXPECT_EQ(of("MM\0*\0\0\0\x08\0\x05\x01\x12\0\x03\0\0"sv), 1);
  EXPECT_EQ(of("MM\0*\xFF\xFF\xFF\xFF"sv), 1);
  EXPECT_EQ(of(""sv), 1);
}

struct Size {
  Index width, height;
};
class Resized : public testing::TestWithParam<Size> {};
INSTANTIATE_TEST_SUITE_P(Sizes, Resized, testing::Values(Size{8, 8}, Size{30, 40}, Size{5, 20}),
                         [](const auto& size) { return "to_" + std::to_string(size.param.width); });

TEST_P(Resized, is_what_Pillow_makes_of_it) {
  const auto [width, height] = GetParam();
  const Image from = read_netpbm(golden_image("resized_from.pnm"));
  const Image expected =
      read_netpbm(golden_image("resized_" + std::to_string(width) + "_" + std::to_string(height) + ".pnm"));
  // Pillow rounds after each direction.
  EXPECT_LE(largest_difference(resized(from, width, height), expected), 1);
}

TEST(Fitted, image_is_stretched_cropped_or_padded_to_a_square) {
  Image wide = black_image(8, 4, 1);
  for (Index y = 0; y < 4; ++y)
    for (Index x = 2; x < 6; ++x) *wide.pixel(x, y) = 200;  // the middle
  const Image cropped = fitted(wide, 4, ImageFit::crop), padded = fitted(wide, 8, ImageFit::pad),
              stretched = fitted(wide, 8, ImageFit::stretch);
  EXPECT_EQ(cropped.samples, std::vector<std::uint8_t>(16, 200));
  EXPECT_EQ(*padded.pixel(4, 1), 128);
  EXPECT_EQ(*padded.pixel(4, 2), 200);
  EXPECT_EQ(*padded.pixel(0, 2), 0);
  EXPECT_EQ(*stretched.pixel(4, 0), 200);
  EXPECT_EQ(*stretched.pixel(0, 7), 0);
}

}  // namespace
}  // namespace heed
