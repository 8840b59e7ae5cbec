#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "heed/corpus/labeled/labeled_text.h"

namespace heed {

/// The labels that occur, each once, in the order of their bytes. A label's place is the number of its class.
std::vector<std::string> labels_of(std::span<const LabeledText> texts);

/// The labels of texts to learn from. DataError if there are no texts, or if all have the same label.
std::vector<std::string> training_labels(std::span<const LabeledText> texts);

/// The class of each text: the place of its label among `labels`, which are in the order of their bytes.
/// DataError for a label that is not among them.
std::vector<Index> classes_of(std::span<const LabeledText> texts, std::span<const std::string> labels);

/// The texts without their labels; views into `labeled`.
std::vector<std::string_view> texts_of(std::span<const LabeledText> labeled);

}  // namespace heed
