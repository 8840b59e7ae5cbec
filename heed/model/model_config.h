#pragma once
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "heed/base/settings.h"
#include "heed/model/recurrent_config.h"
#include "heed/model/transformer_config.h"

namespace heed {

/// What kind of encoder-decoder a model is.
enum class Architecture { transformer, rnn, lstm, gru };
template <>
struct EnumNames<Architecture> {
  static constexpr std::array names{
      std::pair{"transformer", Architecture::transformer}, std::pair{"rnn", Architecture::rnn},
      std::pair{"lstm", Architecture::lstm}, std::pair{"gru", Architecture::gru}};
};

/// The sizes and choices of a model of any architecture.
using ModelConfig = std::variant<TransformerConfig, RecurrentConfig>;

/// The defaults of an architecture.
ModelConfig default_config(Architecture architecture);
Architecture architecture_of(const ModelConfig& config);

/// The config's own settings: they belong to its architecture.
Settings settings_of(ModelConfig& config);

/// What every model has, whatever it is made of.
struct ModelSizes {
  Index source_vocabulary = 0, target_vocabulary = 0;
  Index width = 0;             // of a token's vector
  Index longest_sequence = 0;  // in tokens, the mark included
};
ModelSizes sizes_of(const ModelConfig& config);

/// ConfigError if the numbers do not fit each other.
void validate(const ModelConfig& config);

/// For people: "encoder-decoder Transformer", and "4+4 layers, width 128, hidden 256, 4 heads".
std::string kind_of(const ModelConfig& config);
std::string summary_of(const ModelConfig& config);
/// The choices with their names: "heads" and "4", say.
std::vector<std::pair<std::string, std::string>> facts_of(const ModelConfig& config);

}  // namespace heed
