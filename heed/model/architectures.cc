#include "heed/base/suggestions.h"
#include "heed/model/architecture.h"
#include "heed/model/bert_config.h"
#include "heed/model/decoder_only_config.h"
#include "heed/model/recurrent_classifier_config.h"
#include "heed/model/recurrent_config.h"
#include "heed/model/transformer_classifier_config.h"
#include "heed/model/transformer_config.h"
#include "heed/model/vision_transformer_config.h"

namespace heed {

std::span<const Architecture* const> architectures() {
  static const std::vector<const Architecture*> all{
      &transformer_architecture(),
      &recurrent_architecture(RecurrentCell::rnn),
      &recurrent_architecture(RecurrentCell::lstm),
      &recurrent_architecture(RecurrentCell::gru),
      &decoder_only_architecture(),
      &transformer_classifier_architecture(),
      &recurrent_classifier_architecture(RecurrentCell::rnn),
      &recurrent_classifier_architecture(RecurrentCell::lstm),
      &recurrent_classifier_architecture(RecurrentCell::gru),
      &vision_transformer_architecture(),
      &bert_classifier_architecture(),
      &bert_architecture(),
  };
  return all;
}

const Architecture& find_architecture(std::string_view family, std::string_view name) {
  std::vector<std::string> known;
  for (const Architecture* architecture : architectures()) {
    if (architecture->family != family) continue;
    if (architecture->name == name) return *architecture;
    known.emplace_back(architecture->name);
  }
  std::string list;
  for (const std::string& other : known) list += message(list.empty() ? "" : ", ", "'", other, "'");
  throw ConfigError(message("architecture '", name, "' is not known to this heed, only ", list));
}

}  // namespace heed
