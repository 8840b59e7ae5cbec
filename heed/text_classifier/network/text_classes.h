#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "heed/text_classifier/network/text_encoder.h"

namespace heed {

/// What models are for that predict a class of a whole text, in the word of Hugging Face's hub.
inline constexpr std::string_view text_classification = "text-classification";

/// What a classifier's folder tells beside its config and tokenizer, in classes.json: the names of its
/// classes, whatever has them, and how texts are prepared for it.
struct TextClasses {
  std::vector<std::string> labels;  // by class, in the order of their bytes
  TextPreparation preparation;

  /// Written whole or not at all, with a checksum.
  void save(const std::filesystem::path& folder) const;
};

/// CheckpointError or FileError, saying which file and why, if it is missing or damaged, or if its labels are
/// not two or more in the order of their bytes.
TextClasses load_text_classes(const std::filesystem::path& folder);

}  // namespace heed
