#include "heed/model/recurrent_classifier_config.h"

#include <limits>

#include "heed/model/recurrent_classifier.h"
#include "heed/model/require_sizes.h"

namespace heed {

Index RecurrentClassifierConfig::longest_sequence() { return std::numeric_limits<Index>::max(); }

void RecurrentClassifierConfig::fit(const Vocabularies& v) {
  vocabulary = v.inputs;
  classes = v.outputs;
}

std::string RecurrentClassifierConfig::summary() const {
  return message(layers, " ", bidirectional ? "bidirectional " : "",
                 recurrent_classifier_architecture(cell).name, layers == 1 ? " layer" : " layers", ", width ",
                 width, ", hidden ", hidden, ", ", pooling_text(pooling), ", ", classes, " classes");
}

ModelFacts RecurrentClassifierConfig::facts() const {
  return {{"cells", std::string(recurrent_classifier_architecture(cell).name)},
          {"directions", bidirectional ? "2" : "1"},
          {"layers", std::to_string(layers)},
          {"width", std::to_string(width)},
          {"hidden", std::to_string(hidden)},
          {"pooling", std::string(enum_name(pooling))},
          {"classes", std::to_string(classes)}};
}

const Architecture& recurrent_classifier_architecture(RecurrentCell cell) {
  static const auto entry = []<RecurrentCell of>(std::string_view name, std::string_view kind) {
    return architecture_entry<RecurrentClassifierConfig, RecurrentClassifier>(
        Classifier::family, name, kind, {}, [](const Architecture&, std::string_view) {
          return std::any(RecurrentClassifierConfig{.cell = of});
        });
  };
  using enum RecurrentCell;
  static const Architecture of_rnn = entry.operator()<rnn>("rnn", "encoder of rnn layers that classifies"),
                            of_lstm =
                                entry.operator()<lstm>("lstm", "encoder of lstm layers that classifies"),
                            of_gru = entry.operator()<gru>("gru", "encoder of gru layers that classifies");
  return cell == rnn ? of_rnn : cell == lstm ? of_lstm : of_gru;
}

void validate(const RecurrentClassifierConfig& config) {
  require_at_least("vocabulary", config.vocabulary, 1);
  require_at_least("classes", config.classes, 2);
  require_at_least("width", config.width, 1);
  require_at_least("hidden", config.hidden, 1);
  require_at_least("layers", config.layers, 1);
  require_rate("dropout", config.dropout);
  require<ConfigError>(config.pooling != Pooling::first,
                       "pooling first: a recurrent network's first state has read one token; take last, max "
                       "or mean");
  require<ConfigError>(!config.bidirectional || config.hidden % 2 == 0, "hidden ", config.hidden,
                       " cannot be halved for two directions; take an even number");
}

}  // namespace heed
