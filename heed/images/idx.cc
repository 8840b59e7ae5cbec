#include "heed/images/idx.h"

#include <algorithm>
#include <stdexcept>

#include "heed/base/error.h"
#include "heed/io/decompression.h"

namespace heed {
namespace {

constexpr std::size_t most_bytes = std::size_t{4} << 30;

/// The bytes of a file, decompressed as they are asked for.
class Bytes {
 public:
  explicit Bytes(const std::filesystem::path& path) : file_(path), bytes_(decompression_of(file_)) {}

  /// At least so many bytes, unless there are fewer.
  const std::string& at_least(std::size_t count) {
    while (all_.size() < count && bytes_->append_to(all_, file_)) {
    }
    return all_;
  }
  std::string take() { return std::move(all_); }

 private:
  FileBytes file_;
  std::unique_ptr<Decompression> bytes_;
  std::string all_;
};

}  // namespace

Index IdxArray::item_bytes() const {
  Index product = 1;
  for (std::size_t i = 1; i < sizes.size(); ++i) product *= sizes[i];
  return product;
}

bool has_idx_name(const std::filesystem::path& path) {
  const std::string name = path.filename().string();
  return name.find("-idx") != name.npos || name.find(".idx") != name.npos;
}

IdxArray read_idx(const std::filesystem::path& path) {
  const std::string where = path.string();
  Bytes bytes(path);
  constexpr std::size_t mark_bytes = 4, size_bytes = 4;
  constexpr char of_bytes = 0x08;
  const std::string mark = bytes.at_least(mark_bytes).substr(0, mark_bytes);
  require<DataError>(mark.size() == mark_bytes && mark[0] == 0 && mark[1] == 0, where,
                     ": is no IDX file, which begins with two bytes of 0");
  require<DataError>(mark[2] == of_bytes, where, ": is an IDX file of other numbers than unsigned bytes");
  const auto dimensions = static_cast<std::size_t>(static_cast<unsigned char>(mark[3]));
  require<DataError>(dimensions >= 1 && dimensions <= 4, where, ": is an IDX file of ", dimensions,
                     " dimensions; images have 3 or 4, labels 1");
  const std::size_t header = mark_bytes + dimensions * size_bytes;
  require<DataError>(bytes.at_least(header).size() >= header, where, ": is cut short within its header");
  IdxArray array;
  std::size_t count = 1;
  for (std::size_t d = 0; d < dimensions; ++d) {
    std::size_t size = 0;
    for (std::size_t i = 0; i < size_bytes; ++i)
      size = size << 8 | static_cast<unsigned char>(bytes.at_least(0)[mark_bytes + d * size_bytes + i]);
    require<DataError>(size == 0 || count <= most_bytes / size, where,
                       ": says that it holds more than 4 GiB; split it");
    count *= size;
    array.sizes.push_back(static_cast<Index>(size));
  }
  // One byte more shows that there are more.
  const std::size_t found = bytes.at_least(header + count + 1).size() - header;
  require<DataError>(found == count, where, found < count ? ": is cut short: it has " : ": has more than ",
                     std::min(found, count), " bytes",
                     found < count ? message(", its header says ", count) : ", which its header says");
  const std::string all = bytes.take();
  array.bytes.assign(all.begin() + static_cast<std::ptrdiff_t>(header), all.end());
  return array;
}

Image image_of(const IdxArray& array, Index number) {
  if (array.sizes.size() < 3) throw std::logic_error("an IDX array of images has 3 dimensions or more");
  const Index bytes = array.item_bytes();
  const auto from = array.bytes.begin() + number * bytes;
  return {array.sizes[2], array.sizes[1], array.sizes.size() == 4 ? array.sizes[3] : 1, {from, from + bytes}};
}

}  // namespace heed
