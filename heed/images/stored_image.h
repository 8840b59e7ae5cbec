#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "heed/images/idx.h"

namespace heed {

/// Where an image lies: in a file of its own, or among those of an IDX file, which are in memory.
class StoredImage {
 public:
  explicit StoredImage(std::filesystem::path file) : file_(std::move(file)) {}
  StoredImage(std::filesystem::path file, std::shared_ptr<const IdxArray> array, Index number)
      : file_(std::move(file)), array_(std::move(array)), number_(number) {}

  /// "cat.png", or "t10k-images-idx3-ubyte.gz#12", counted from 0.
  std::string name() const;
  /// FileError or DataError as of read_image.
  Image read() const;

 private:
  std::filesystem::path file_;
  std::shared_ptr<const IdxArray> array_;
  Index number_ = 0;
};

/// The images that a path stands for: those of a folder and of the folders below it, of an IDX file, or that
/// of a file. FileError if there is no such file; DataError if it holds no images. A file's image is not read
/// yet.
std::vector<StoredImage> stored_images(const std::filesystem::path& path);

}  // namespace heed
