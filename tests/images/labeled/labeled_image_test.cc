#include "heed/images/labeled/labeled_image.h"

#include "heed/images/png.h"
#include "tests/images/idx_file.h"
#include "tests/images/netpbm.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/tensors.h"

namespace heed {
namespace {

class LabeledImages : public WithFolder {
 protected:
  LabeledImages() {
    for (const char* name : {"set/cat/2.png", "set/cat/1.png", "set/dog/deep/3.png"}) {
      std::filesystem::create_directories((folder_ / name).parent_path());
      file(name, encode_png(varied_image(4, 4, 1)));
    }
  }
  std::vector<LabeledImage> read(const std::filesystem::path& path) const {
    return read_labeled_images(std::span(&path, 1));
  }
  /// Label and name, as seen from the test's folder.
  std::vector<std::string> found(const std::filesystem::path& path) const {
    std::vector<std::string> all;
    for (const LabeledImage& each : read(path))
      all.push_back(each.label + ' ' +
                    std::filesystem::path(each.image.name()).lexically_relative(folder_).string());
    return all;
  }
  template <class E>
  std::string refused(const std::filesystem::path& path) const {
    return message_of<E>([&] { read(path); });
  }
};

TEST_F(LabeledImages, of_a_folder_are_of_the_classes_that_its_folders_are_called) {
  EXPECT_EQ(found(folder_ / "set"),
            (std::vector<std::string>{"cat set/cat/1.png", "cat set/cat/2.png", "dog set/dog/deep/3.png"}));
}

TEST_F(LabeledImages, of_a_folder_that_lie_in_no_class_are_refused) {
  file("set/x.png", "");
  EXPECT_NE(refused<DataError>(folder_ / "set").find("x.png: has no label"), std::string::npos);
}

TEST_F(LabeledImages, of_a_table_are_found_from_its_folder) {
  EXPECT_EQ(found(file("list.tsv", "set/cat/1.png\tkitten\nset/dog/deep/3.png\tpuppy\n")),
            (std::vector<std::string>{"kitten set/cat/1.png", "puppy set/dog/deep/3.png"}));
  EXPECT_EQ(found(file("list.csv", "label,split,file\nkitten,a,set/cat/1.png\n")),
            (std::vector<std::string>{"kitten set/cat/1.png"}));
}

TEST_F(LabeledImages, of_a_table_that_are_not_there_are_named_with_their_line) {
  const auto list = file("list.tsv", "set/cat/1.png\ta\nset/cat/9.png\tb\n");
  EXPECT_NE(refused<FileError>(list).find("list.tsv:2: there is no file"), std::string::npos);
  EXPECT_NE(refused<DataError>(file("bare.tsv", "set/cat/1.png\ta\nset/cat/2.png\n")).find("bare.tsv:2"),
            std::string::npos);
}

TEST_F(LabeledImages, of_an_idx_file_have_the_labels_beside_it) {
  const auto images = file("a-images-idx3-ubyte", idx_file({3, 1, 2}, "abcdef"));
  EXPECT_NE(refused<FileError>(images).find("labels are missing"), std::string::npos);
  file("a-labels-idx1-ubyte", idx_file({3}, std::string("\x07\x00\x07", 3)));
  EXPECT_EQ(found(images), (std::vector<std::string>{"7 a-images-idx3-ubyte#0", "0 a-images-idx3-ubyte#1",
                                                     "7 a-images-idx3-ubyte#2"}));
  EXPECT_EQ(read(images)[1].image.read().samples, (std::vector<std::uint8_t>{'c', 'd'}));
}

TEST_F(LabeledImages, of_an_idx_file_that_are_not_as_many_as_labels_are_refused) {
  const auto images = file("a-images-idx3-ubyte", idx_file({3, 1, 2}, "abcdef"));
  file("a-labels-idx1-ubyte", idx_file({2}, "ab"));
  EXPECT_NE(refused<DataError>(images).find("has 2 labels"), std::string::npos);
}

TEST_F(LabeledImages, are_not_made_of_what_has_none) {
  EXPECT_NE(refused<DataError>(folder_ / "set/cat/1.png").find("an image without a label"),
            std::string::npos);
  EXPECT_NE(refused<FileError>(folder_ / "none").find("no such file"), std::string::npos);
  std::filesystem::create_directories(folder_ / "empty/a");
  EXPECT_NE(refused<DataError>(folder_ / "empty").find("holds no images"), std::string::npos);
}

}  // namespace
}  // namespace heed
