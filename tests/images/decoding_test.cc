#include <gtest/gtest.h>

#include <array>

#include "heed/images/jpeg.h"
#include "heed/images/png.h"
#include "heed/images/read_image.h"
#include "tests/images/netpbm.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/tensors.h"

namespace heed {
namespace {

std::span<const std::byte> bytes_of(const std::string& file) { return std::as_bytes(std::span(file)); }

class EveryKindOfImage : public testing::TestWithParam<std::string> {};
INSTANTIATE_TEST_SUITE_P(Kinds, EveryKindOfImage,
                         testing::Values("gray1.png", "gray2.png", "gray4.png", "gray8.png", "gray16.png",
                                         "rgb8.png", "rgb16.png", "gray_alpha8.png", "gray_alpha16.png",
                                         "rgba8.png", "rgba16.png", "interlaced.png", "interlaced_gray2.png",
                                         "palette4.png", "turned.png", "jpeg_gray.jpg", "jpeg_rgb.jpg",
                                         "jpeg_progressive.jpg", "jpeg_cmyk.jpg", "orientation2.jpg",
                                         "orientation3.jpg", "orientation4.jpg", "orientation5.jpg",
                                         "orientation6.jpg", "orientation7.jpg", "orientation8.jpg"),
                         [](const auto& kind) { return kind.param.substr(0, kind.param.find('.')); });

TEST_P(EveryKindOfImage, is_read_to_the_pixels_that_it_holds) {
  const std::filesystem::path path = golden_image(GetParam());
  const Image found = read_image(path);
  const Image expected = read_netpbm(golden_image(path.stem().string() + ".pnm"));
  EXPECT_EQ(largest_difference(found, expected), 0);
}

TEST_P(EveryKindOfImage, that_is_cut_short_anywhere_is_refused_by_name) {
  const std::string whole = read_file(golden_image(GetParam()));
  // A JPEG's two last bytes only say that it ends there.
  const std::size_t enough = GetParam().ends_with(".jpg") ? whole.size() - 2 : whole.size() - 12;
  for (std::size_t size = 0; size < enough; size += 3) {
    const std::string part = whole.substr(0, size);
    EXPECT_TRUE(
        message_of<DataError>([&] { decode_image(bytes_of(part), "part.bin"); }).starts_with("part.bin: "))
        << size;
  }
}

TEST_P(EveryKindOfImage, with_any_byte_flipped_gives_an_image_or_an_error) {
  const std::string whole = read_file(golden_image(GetParam()));
  for (std::size_t i = 0; i < whole.size(); ++i) {
    std::string changed = whole;
    changed[i] = static_cast<char>(changed[i] ^ 0x55);
    try {
      const Image image = decode_image(bytes_of(changed), "changed", {.pixels = 10000});
      EXPECT_EQ(std::ssize(image.samples), image.width * image.height * image.channels);
    } catch (const DataError&) {
    }
  }
}

/// A PNG file that says that it is of this size, and holds next to nothing.
std::string png_of_size(Index width, Index height) {
  std::string file = encode_png(varied_image(3, 3, 1));
  for (int i = 0; i < 4; ++i) {
    file[static_cast<std::size_t>(16 + i)] = static_cast<char>(width >> (24 - 8 * i));
    file[static_cast<std::size_t>(20 + i)] = static_cast<char>(height >> (24 - 8 * i));
  }
  return file;
}

TEST(Png, that_says_that_it_is_huge_is_refused_before_memory_is_taken) {
  const std::string file = png_of_size(2'000'000'000, 2'000'000'000);
  const std::string said = message_of<DataError>([&] { decode_png(bytes_of(file), "bomb.png"); });
  EXPECT_NE(said.find("bomb.png: the image is 2000000000 by 2000000000 pixels, more than the 100000000"),
            std::string::npos)
      << said;
}

TEST(Png, is_read_as_it_was_written) {
  for (const Index channels : {1, 3}) {
    const Image image = varied_image(13, 7, channels);
    const std::string file = encode_png(image);
    EXPECT_EQ(decode_png(bytes_of(file), "written"), image);
  }
}

TEST(Jpeg, that_says_that_it_is_huge_is_refused_before_memory_is_taken) {
  std::string file = read_file(golden_image("jpeg_gray.jpg"));
  const std::size_t frame = file.find("\xFF\xC0");
  ASSERT_NE(frame, std::string::npos);
  for (std::size_t i = 5; i < 9; ++i) file[frame + i] = '\xF0';  // height and width
  const std::string said = message_of<DataError>([&] { decode_jpeg(bytes_of(file), "bomb.jpg"); });
  EXPECT_NE(said.find("bomb.jpg: the image is 61680 by 61680 pixels"), std::string::npos) << said;
  // Within the limit, but no such file holds so much.
  file[frame + 5] = file[frame + 7] = 0x20;
  const std::string short_of_it = message_of<DataError>([&] { decode_jpeg(bytes_of(file), "bomb.jpg"); });
  EXPECT_NE(short_of_it.find("cut short"), std::string::npos) << short_of_it;
}

TEST(Png, with_a_chunk_that_is_longer_than_the_file_is_refused_before_memory_is_taken) {
  std::string file = read_file(golden_image("gray8.png"));
  for (const char* type : {"eXIf", "iCCP", "tEXt"}) {
    std::string bomb = file;
    bomb.insert(33, std::string("\x7F\xFF\xFF\xF0") + type);  // behind the header's chunk
    const std::string said = message_of<DataError>([&] { decode_png(bytes_of(bomb), "bomb.png"); });
    EXPECT_NE(said.find("bomb.png: the PNG file is cut short: a chunk of 2147483632 bytes begins at byte 33"),
              std::string::npos)
        << said;
  }
}

class ReadImage : public WithFolder {};

TEST_F(ReadImage, says_what_a_file_is_that_is_no_image_of_ours) {
  EXPECT_NE(message_of<DataError>([&] { read_image(file("a.png", "GIF89a...")); }).find("a.png: is a GIF"),
            std::string::npos);
  EXPECT_NE(message_of<DataError>([&] { read_image(file("b.png", "")); }).find("b.png: is empty"),
            std::string::npos);
  EXPECT_NE(message_of<FileError>([&] { read_image(folder_ / "none.png"); }).find("no such file"),
            std::string::npos);
  EXPECT_NE(message_of<FileError>([&] { read_image(folder_); }).find("no file of an image"),
            std::string::npos);
}

TEST_F(ReadImage, finds_the_images_of_a_folder_in_the_order_of_their_names) {
  std::filesystem::create_directories(folder_ / "b");
  std::filesystem::create_directories(folder_ / ".hidden");
  for (const char* name : {"c.JPG", "b/x.png", "a.jpeg", "notes.txt", ".hidden/y.png"}) file(name, "");
  const auto found = image_files(folder_);
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found[0].filename(), "a.jpeg");
  EXPECT_EQ(found[1].filename(), "x.png");
  EXPECT_EQ(found[2].filename(), "c.JPG");
}

}  // namespace
}  // namespace heed
