#include "heed/image_classifier/image_classes.h"

#include "heed/classes/classes_file.h"

namespace heed {

void ImageClasses::save(const std::filesystem::path& folder) const {
  ImagePreparation prepared = preparation;
  save_classes(folder, labels, settings_of(prepared));
}

ImageClasses load_image_classes(const std::filesystem::path& folder) {
  ImageClasses classes;
  classes.labels = load_classes(folder, settings_of(classes.preparation));
  return classes;
}

}  // namespace heed
