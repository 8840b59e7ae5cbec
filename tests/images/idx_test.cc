#include "heed/images/idx.h"

#include "tests/images/idx_file.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/tensors.h"

namespace heed {
namespace {

class Idx : public WithFolder {
 protected:
  std::string refused(const std::string& content) const {
    return message_of<DataError>([&] { read_idx(file("x-idx3-ubyte", content)); });
  }
};

TEST_F(Idx, holds_images_row_by_row) {
  const IdxArray array = read_idx(file("x-idx3-ubyte", idx_file({2, 2, 3}, "abcdefghijkl")));
  EXPECT_EQ(array.sizes, (std::vector<Index>{2, 2, 3}));
  const Image second = image_of(array, 1);
  EXPECT_EQ(second.width, 3);
  EXPECT_EQ(second.height, 2);
  EXPECT_EQ(second.samples, (std::vector<std::uint8_t>{'g', 'h', 'i', 'j', 'k', 'l'}));
}

TEST_F(Idx, of_four_dimensions_has_channels) {
  const Image image = image_of(read_idx(file("x-idx4-ubyte", idx_file({1, 1, 2, 3}, "abcdef"))), 0);
  EXPECT_EQ(image.channels, 3);
  EXPECT_EQ(image.width, 2);
}

TEST_F(Idx, that_is_damaged_is_refused) {
  EXPECT_NE(refused("").find("no IDX file"), std::string::npos);
  EXPECT_NE(refused("text").find("no IDX file"), std::string::npos);
  EXPECT_NE(refused(std::string("\0\0\x0D\x03", 4)).find("other numbers"), std::string::npos);
  EXPECT_NE(refused(std::string("\0\0\x08\x09", 4)).find("9 dimensions"), std::string::npos);
  EXPECT_NE(refused(std::string("\0\0\x08\x03\0\0", 6)).find("cut short within its header"),
            std::string::npos);
  EXPECT_NE(refused(idx_file({2, 2, 2}, "abc")).find("it has 3 bytes, its header says 8"), std::string::npos);
  EXPECT_NE(refused(idx_file({1, 1, 1}, "abc")).find("more than 1 bytes"), std::string::npos);
}

TEST_F(Idx, that_says_that_it_is_huge_is_refused) {
  EXPECT_NE(refused(idx_file({0x7FFFFFFF, 0x7FFFFFFF, 0x7FFFFFFF}, "")).find("more than 4 GiB"),
            std::string::npos);
}

TEST_F(Idx, is_known_by_its_name) {
  EXPECT_TRUE(has_idx_name("t10k-images-idx3-ubyte.gz"));
  EXPECT_TRUE(has_idx_name("train-images.idx3-ubyte"));
  EXPECT_FALSE(has_idx_name("labels.tsv"));
}

}  // namespace
}  // namespace heed
