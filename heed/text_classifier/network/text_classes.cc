#include "heed/text_classifier/network/text_classes.h"

#include "heed/classes/classes_file.h"

namespace heed {

void TextClasses::save(const std::filesystem::path& folder) const {
  TextPreparation prepared = preparation;
  save_classes(folder, labels, settings_of(prepared));
}

TextClasses load_text_classes(const std::filesystem::path& folder) {
  TextClasses classes;
  classes.labels = load_classes(folder, settings_of(classes.preparation));
  return classes;
}

}  // namespace heed
