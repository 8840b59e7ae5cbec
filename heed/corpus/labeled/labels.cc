#include "heed/corpus/labeled/labels.h"

#include <algorithm>

#include "heed/base/error.h"
#include "heed/text/unicode.h"

namespace heed {

std::vector<std::string> labels_of(std::span<const LabeledText> texts) {
  std::vector<std::string> labels;
  for (const auto& [label, text] : texts) {
    const auto place = std::lower_bound(labels.begin(), labels.end(), label);
    if (place == labels.end() || *place != label) labels.insert(place, label);
  }
  return labels;
}

std::vector<std::string> training_labels(std::span<const LabeledText> texts) {
  require<DataError>(!texts.empty(), "there are no texts to learn from");
  std::vector<std::string> labels = labels_of(texts);
  require<DataError>(labels.size() >= 2, "all ", texts.size(), " texts have the label '",
                     printable(labels.front()), "'; there is nothing to tell apart");
  return labels;
}

std::vector<Index> classes_of(std::span<const LabeledText> texts, std::span<const std::string> labels) {
  std::vector<Index> classes;
  classes.reserve(texts.size());
  for (const auto& [label, text] : texts) {
    const auto place = std::lower_bound(labels.begin(), labels.end(), label);
    require<DataError>(place != labels.end() && *place == label, "label '", printable(label),
                       "' of the text '", printable(text), "' is none of the ", labels.size(),
                       " that were learned");
    classes.push_back(place - labels.begin());
  }
  return classes;
}

std::vector<std::string_view> texts_of(std::span<const LabeledText> labeled) {
  std::vector<std::string_view> texts;
  for (const auto& each : labeled) texts.emplace_back(each.text);
  return texts;
}

}  // namespace heed
