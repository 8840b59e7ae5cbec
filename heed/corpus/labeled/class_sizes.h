#pragma once
#include <span>

#include "heed/corpus/labeled/labeled_text.h"

namespace heed {

/// How few texts a class may have to be learned.
struct ClassSizeOptions {
  Index minimum_class_size = 2;

  static constexpr auto fields() {
    return std::tuple(
        field("minimum_class_size", &ClassSizeOptions::minimum_class_size,
              "minimum number of texts in each class; classes of a single text usually mean that "
              "labels are read from the wrong place",
              {1}));
  }
};

/// DataError if what was read as labels hardly is: as many classes as texts, or classes with too few texts.
/// The message says why, shows one and names the options that read labels otherwise.
void check_class_sizes(std::span<const LabeledText> texts, const ClassSizeOptions& options);

}  // namespace heed
