#pragma once
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "heed/images/stored_image.h"

namespace heed {

/// An image with the label of its class.
struct LabeledImage {
  std::string label;
  StoredImage image;
};

/// The images of some paths, in the order of their names' bytes within each:
/// - a folder with a folder for each class, which is its label;
/// - an IDX file of images, with the labels of the IDX file of the same name where "images-idx3" is
///   "labels-idx1";
/// - a table (TSV, CSV) of names and labels: names of files as seen from the table's folder. The columns are
///   found by a header (file, label), or are the first and the second.
/// FileError if something cannot be read; DataError for images without labels and labels without images.
/// `note` is told how a table was understood. Files of images are not read yet.
std::vector<LabeledImage> read_labeled_images(std::span<const std::filesystem::path> paths,
                                              const std::function<void(const std::string&)>& note = {});

}  // namespace heed
