#include "heed/images/stored_image.h"

#include "heed/base/error.h"
#include "heed/images/read_image.h"

namespace heed {
namespace {

std::vector<StoredImage> images_of_array(const std::filesystem::path& path) {
  const auto array = std::make_shared<const IdxArray>(read_idx(path));
  const std::vector<Index>& sizes = array->sizes;
  require<DataError>(sizes.size() >= 3, path.string(), ": holds ", sizes.front(),
                     " items that are no images: they have ", sizes.size(), " of 3 dimensions");
  require<DataError>(sizes.size() == 3 || sizes[3] == 1 || sizes[3] == 3, path.string(), ": holds images of ",
                     sizes.back(), " channels; give 1 (gray) or 3 (red, green, blue)");
  require<DataError>(array->item_bytes() > 0 || sizes.front() == 0, path.string(),
                     ": its images have no pixels");
  std::vector<StoredImage> all;
  for (Index i = 0; i < sizes.front(); ++i) all.emplace_back(path, array, i);
  return all;
}

}  // namespace

std::string StoredImage::name() const {
  return array_ ? message(file_.string(), "#", number_) : file_.string();
}

Image StoredImage::read() const { return array_ ? image_of(*array_, number_) : read_image(file_); }

std::vector<StoredImage> stored_images(const std::filesystem::path& path) {
  require<FileError>(std::filesystem::exists(path), path.string(), ": no such file or folder");
  std::vector<StoredImage> all;
  if (std::filesystem::is_directory(path)) {
    for (auto& file : image_files(path)) all.emplace_back(std::move(file));
    require<DataError>(!all.empty(), path.string(), ": holds no PNG or JPEG files");
    return all;
  }
  if (has_idx_name(path)) {
    all = images_of_array(path);
    require<DataError>(!all.empty(), path.string(), ": holds no images");
    return all;
  }
  all.emplace_back(path);
  return all;
}

}  // namespace heed
