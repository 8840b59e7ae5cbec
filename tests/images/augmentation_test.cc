#include "heed/images/augmentation.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tests/images/netpbm.h"

namespace heed {
namespace {

TEST(Augmentation, of_nothing_leaves_the_image) {
  const Image image = varied_image(9, 7, 3);
  EXPECT_FALSE(AugmentationOptions{}.any());
  EXPECT_EQ(augmented(image, {}, Random(1, 2)), image);
}

TEST(Augmentation, follows_from_its_random_numbers_alone) {
  const Image image = varied_image(12, 12, 3);
  const AugmentationOptions all{
      .shift = 0.2, .rotation = 30, .crop = 0.5, .color = 0.4, .erase = 0.5, .flip = true};
  EXPECT_TRUE(all.any());
  EXPECT_EQ(augmented(image, all, Random(3, 4)), augmented(image, all, Random(3, 4)));
  EXPECT_NE(augmented(image, all, Random(3, 4)), augmented(image, all, Random(3, 5)));
}

TEST(Augmentation, mirrors_half_of_the_images) {
  const Image image{3, 1, 1, {1, 2, 3}}, mirrored{3, 1, 1, {3, 2, 1}};
  int count = 0;
  for (std::uint64_t i = 0; i < 400; ++i) {
    const Image found = augmented(image, {.flip = true}, Random(1, i));
    EXPECT_TRUE(found == image || found == mirrored);
    count += found == mirrored;
  }
  EXPECT_NEAR(count, 200, 40);
}

TEST(Augmentation, shifts_by_whole_pixels_and_lets_the_edge_go_on) {
  const Image image{5, 1, 1, {10, 20, 30, 40, 50}};
  std::set<std::vector<std::uint8_t>> found;
  for (std::uint64_t i = 0; i < 200; ++i)
    found.insert(augmented(image, {.shift = 0.4}, Random(1, i)).samples);
  const std::set<std::vector<std::uint8_t>> expected{{10, 20, 30, 40, 50},
                                                     {10, 10, 20, 30, 40},
                                                     {10, 10, 10, 20, 30},
                                                     {20, 30, 40, 50, 50},
                                                     {30, 40, 50, 50, 50}};
  EXPECT_EQ(found, expected);
}

TEST(Augmentation, turns_about_the_middle) {
  Image image = black_image(21, 21, 1);
  *image.pixel(10, 10) = 255;
  for (std::uint64_t i = 0; i < 20; ++i)
    EXPECT_GT(*augmented(image, {.rotation = 180}, Random(1, i)).pixel(10, 10), 250);
}

TEST(Augmentation, enlarges_parts) {
  // Brighter from left to right: a part has a smaller range of brightness than the whole, or the same.
  Image image = black_image(32, 32, 1);
  for (Index y = 0; y < 32; ++y)
    for (Index x = 0; x < 32; ++x) *image.pixel(x, y) = static_cast<std::uint8_t>(8 * x);
  int smaller = 0;
  for (std::uint64_t i = 0; i < 50; ++i) {
    const auto [least, most] = std::ranges::minmax(augmented(image, {.crop = 0.2}, Random(1, i)).samples);
    smaller += most - least < 200;
  }
  EXPECT_GT(smaller, 25);
}

TEST(Augmentation, erases_in_as_many_images_as_it_is_told) {
  const Image image = black_image(16, 16, 1);
  int erased = 0;
  for (std::uint64_t i = 0; i < 400; ++i) {
    const Image found = augmented(image, {.erase = 0.25}, Random(1, i));
    const auto gray = std::ranges::count(found.samples, 128);
    erased += gray > 0;
    EXPECT_LE(gray, 16 * 16 / 2);
  }
  EXPECT_NEAR(erased, 100, 35);
}

TEST(Augmentation, varies_one_thing_alike_whatever_else_is_varied) {
  const Image image = varied_image(10, 10, 1);
  const Image shifted = augmented(image, {.shift = 0.3}, Random(5, 6));
  const Image again = augmented(image, {.shift = 0.3, .color = 1e-9}, Random(5, 6));
  EXPECT_LE(largest_difference(shifted, again), 1);
}

}  // namespace
}  // namespace heed
