#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "heed/text_classifier/network/text_encoder.h"

namespace heed {

/// What a classifier's folder tells beside its config and tokenizer, in classes.json: the names of its
/// classes, and how texts are prepared for it.
struct TextClasses {
  /// What such a classifier is for, in the word of Hugging Face's hub.
  static constexpr std::string_view task = "text-classification";

  std::vector<std::string> labels;  // by class, in the order of their bytes
  TextPreparation preparation;

  /// Written whole or not at all, with a checksum.
  void save(const std::filesystem::path& folder) const;
};

/// CheckpointError or FileError, saying which file and why, if it is missing or damaged, or if its labels are
/// not two or more in the order of their bytes.
TextClasses load_text_classes(const std::filesystem::path& folder);

/// CheckpointError if the labels are not as many as the classes of the model beside them.
void require_labels_of_model(const std::filesystem::path& folder, const TextClasses& classes,
                             Index classes_of_model);

}  // namespace heed
