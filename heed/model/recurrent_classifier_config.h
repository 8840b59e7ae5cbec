#pragma once
#include "heed/backend/backend.h"
#include "heed/model/architecture.h"
#include "heed/model/pooling.h"

namespace heed {

/// The sizes and choices of a recurrent network that classifies. Which cell it is made of is its
/// architecture.
struct RecurrentClassifierConfig {
  RecurrentCell cell = RecurrentCell::lstm;
  Index vocabulary = 0, classes = 0;
  Pooling pooling = Pooling::max;
  Index width = 128, hidden = 256, layers = 1;
  bool bidirectional = true;
  double dropout = 0.3;

  /// Tokens that a sequence may have: any number.
  static Index longest_sequence();
  ModelSizes sizes() const { return {vocabulary, classes, width, longest_sequence()}; }
  void fit(const Vocabularies& vocabularies);
  std::string summary() const;
  ModelFacts facts() const;

  static constexpr auto fields() {
    using C = RecurrentClassifierConfig;
    return std::tuple(
        field("vocabulary", &C::vocabulary, "entries of the vocabulary", {0}),
        field("classes", &C::classes, "number of classes", {0}),
        field("pooling", &C::pooling,
              "how states are pooled into one for the text: the maximum or mean of each column, or the last "
              "state of each direction; none: each token is classified"),
        field("width", &C::width, "embedding size", {1, 65536}),
        field("hidden", &C::hidden, "size of the state, both directions together", {1, 1 << 20}),
        field("layers", &C::layers, "number of layers", {1, 1000}),
        field("bidirectional", &C::bidirectional, "recurrent networks read the text backward too"),
        field("dropout", &C::dropout, "dropout rate", {0, 0.95}));
  }
};

/// "rnn", "lstm" or "gru", a classifier.
const Architecture& recurrent_classifier_architecture(RecurrentCell cell);
inline const Architecture& architecture_of(const RecurrentClassifierConfig& config) {
  return recurrent_classifier_architecture(config.cell);
}

/// ConfigError if the choices do not fit each other (a state that cannot be halved, say).
void validate(const RecurrentClassifierConfig& config);

}  // namespace heed
