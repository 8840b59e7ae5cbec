#include "heed/image_classifier/image_examples.h"

#include "heed/data/batches.h"
#include "heed/image_classifier/patches.h"
#include "heed/images/png.h"
#include "tests/images/netpbm.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/tensors.h"

namespace heed {
namespace {

constexpr ImageInput gray_squares{.size = 4, .patch = 2, .channels = 1};

TEST(Patches, lie_row_by_row_and_hold_a_channel_after_the_other) {
  Image image = black_image(4, 2, 3);
  for (std::size_t i = 0; i < image.samples.size(); ++i) image.samples[i] = static_cast<std::uint8_t>(i);
  std::vector<float> numbers;
  append_patches(fitted(image, 4, ImageFit::pad), {.size = 4, .patch = 2, .channels = 3}, numbers);
  ASSERT_EQ(numbers.size(), 48u);
  // The image lies in the two middle rows of the square; its first patch holds half of its first row.
  const auto sample = [&](std::size_t i) { return std::lround((numbers[i] + 1) * 127.5f); };
  EXPECT_EQ((std::vector<long>{sample(0), sample(1), sample(2), sample(3)}),
            (std::vector<long>{128, 128, 0, 3}));
  EXPECT_EQ((std::vector<long>{sample(4), sample(5), sample(6), sample(7)}),
            (std::vector<long>{128, 128, 1, 4}));
  EXPECT_EQ((std::vector<long>{sample(12), sample(14), sample(24)}), (std::vector<long>{128, 6, 12}));
}

TEST(Patches, hold_numbers_from_minus_one_to_one) {
  std::vector<float> numbers;
  append_patches({2, 2, 1, {0, 255, 51, 0}}, {.size = 2, .patch = 2, .channels = 1}, numbers);
  EXPECT_EQ(numbers[0], -1);
  EXPECT_EQ(numbers[1], 1);
  EXPECT_NEAR(numbers[2], -0.6, 1e-6);
}

class ExamplesOfImages : public WithFolder {
 protected:
  std::vector<StoredImage> stored(Index count) const {
    std::vector<StoredImage> all;
    for (Index i = 0; i < count; ++i) {
      Image image = varied_image(5 + i, 4, 1);
      all.emplace_back(file(std::to_string(i) + ".png", encode_png(image)));
    }
    return all;
  }
  std::shared_ptr<const SeenImages> seen(Index count, std::size_t bytes = 1 << 20) const {
    return std::make_shared<const SeenImages>(stored(count), gray_squares, ImageFit::crop, bytes);
  }
};

TEST_F(ExamplesOfImages, are_the_same_from_memory_and_from_files) {
  const ImageExamples in_memory(seen(3), {0, 1, 0}), in_files(seen(3, 10), {0, 1, 0});
  for (Index i = 0; i < 3; ++i) EXPECT_EQ(in_memory.image(i, 0), in_files.image(i, 0));
  std::filesystem::remove(folder_ / "1.png");
  EXPECT_NO_THROW(in_memory.image(1, 0));
  EXPECT_NE(message_of<FileError>([&] { in_files.image(1, 0); }).find("1.png: no such file"),
            std::string::npos);
}

TEST_F(ExamplesOfImages, that_cannot_be_read_are_named_the_first_one) {
  auto images = stored(40);
  for (const int broken : {7, 30}) file(std::to_string(broken) + ".png", "no image");
  EXPECT_NE(message_of<DataError>([&] {
              SeenImages(images, gray_squares, ImageFit::crop, 1 << 20);
            }).find("/7.png: is"),
            std::string::npos);
}

TEST_F(ExamplesOfImages, have_patches_and_a_class) {
  const ImageExamples examples(seen(3), {0, 1, 2});
  const std::vector<Index> two{2, 1};
  const Batch batch = make_batch(examples, two);
  EXPECT_EQ(batch.columns[0].lengths, (std::vector<Index>{4, 4}));
  EXPECT_EQ(batch.columns[0].width, 4);
  EXPECT_EQ(batch.columns[0].numbers.size(), 32u);
  EXPECT_EQ(batch.columns[1].tokens, two);
}

TEST_F(ExamplesOfImages, vary_from_epoch_to_epoch_alike_in_every_run) {
  const ImageVariation variation{{.shift = 0.5, .flip = true}, 3};
  const auto images = seen(2);
  const ImageExamples examples(images, {0, 1}, variation), again(images, {0, 1}, variation),
      other(images, {0, 1}, ImageVariation{variation.options, 4});
  Index changed = 0, of_seed = 0;
  for (Index epoch = 0; epoch < 20; ++epoch) {
    EXPECT_EQ(examples.image(1, epoch), again.image(1, epoch));
    changed += !(examples.image(1, epoch) == examples.image(1, 0));
    of_seed += !(examples.image(1, epoch) == other.image(1, epoch));
  }
  EXPECT_GT(changed, 10);
  EXPECT_GT(of_seed, 10);
}

TEST_F(ExamplesOfImages, keep_their_classes_beside_the_model) {
  const ImageClasses classes{{"boat", "car"}, {.fit = ImageFit::pad}};
  classes.save(folder_);
  const ImageClasses loaded = load_image_classes(folder_);
  EXPECT_EQ(loaded.labels, classes.labels);
  EXPECT_EQ(loaded.preparation.fit, ImageFit::pad);
}

}  // namespace
}  // namespace heed
