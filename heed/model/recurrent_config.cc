#include "heed/model/recurrent_config.h"

#include <limits>

#include "heed/model/recurrent_model.h"
#include "heed/model/require_sizes.h"

namespace heed {

Index RecurrentConfig::longest_sequence() { return std::numeric_limits<Index>::max(); }

void RecurrentConfig::fit(const Vocabularies& v) {
  source_vocabulary = v.inputs;
  target_vocabulary = v.outputs;
  tying = v.joint ? Tying::all : Tying::target_output;
}

std::string RecurrentConfig::summary() const {
  return message(encoder_layers, "+", decoder_layers, " ", recurrent_architecture(cell).name,
                 " layers, width ", width, ", hidden ", hidden, ", ",
                 attention == RecurrentAttention::none ? "no" : enum_name(attention), " attention");
}

ModelFacts RecurrentConfig::facts() const {
  return {{"cells", std::string(recurrent_architecture(cell).name)},
          {"attention", std::string(enum_name(attention))},
          {"encoder layers", std::to_string(encoder_layers)},
          {"decoder layers", std::to_string(decoder_layers)},
          {"width", std::to_string(width)},
          {"hidden", std::to_string(hidden)}};
}

const Architecture& recurrent_architecture(RecurrentCell cell) {
  static const auto entry = []<RecurrentCell of>(std::string_view name, std::string_view kind) {
    return architecture_entry<RecurrentConfig, RecurrentModel>(
        EncoderDecoder::family, name, kind, {},
        [](const Architecture&, std::string_view) { return std::any(RecurrentConfig{.cell = of}); });
  };
  using enum RecurrentCell;
  static const Architecture of_rnn = entry.operator()<rnn>("rnn", "encoder-decoder of rnn layers"),
                            of_lstm = entry.operator()<lstm>("lstm", "encoder-decoder of lstm layers"),
                            of_gru = entry.operator()<gru>("gru", "encoder-decoder of gru layers");
  return cell == rnn ? of_rnn : cell == lstm ? of_lstm : of_gru;
}

void validate(const RecurrentConfig& config) {
  require_at_least("source_vocabulary", config.source_vocabulary, 1);
  require_at_least("target_vocabulary", config.target_vocabulary, 1);
  require_at_least("width", config.width, 1);
  require_at_least("encoder_layers", config.encoder_layers, 1);
  require_at_least("decoder_layers", config.decoder_layers, 1);
  require<ConfigError>(config.hidden >= 2 && config.hidden % 2 == 0, "hidden is ", config.hidden,
                       ", but must be even: a half of it reads the source forwards, the other backwards");
  require_rate("dropout", config.dropout);
  require_tying_fits(config.tying, config.source_vocabulary, config.target_vocabulary);
  require_copy_fits(config.copy, config.source_vocabulary, config.target_vocabulary);
}

}  // namespace heed
