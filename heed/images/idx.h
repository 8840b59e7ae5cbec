#pragma once
#include <cstdint>
#include <filesystem>
#include <vector>

#include "heed/images/image.h"

namespace heed {

/// An array of bytes as the files of MNIST hold it: IDX, compressed or not.
struct IdxArray {
  std::vector<Index> sizes;  // the first is that of items
  std::vector<std::uint8_t> bytes;

  /// The numbers of one item: all of those behind the first size.
  Index item_bytes() const;
};

/// Whether a file's name says that it is an IDX file: "idx" stands in it as in "t10k-images-idx3-ubyte.gz",
/// or it ends with .idx.
bool has_idx_name(const std::filesystem::path& path);

/// The array in a file. FileError if it cannot be read; DataError if it is no IDX file, of other numbers than
/// bytes, larger than 4 GiB, or has fewer or more bytes than its header says.
IdxArray read_idx(const std::filesystem::path& path);

/// One image of an array [images, height, width] or [images, height, width, channels].
Image image_of(const IdxArray& array, Index number);

}  // namespace heed
