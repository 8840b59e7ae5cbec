#include "heed/model/recurrent_config.h"

#include <limits>

#include "heed/base/error.h"

namespace heed {

Index RecurrentConfig::longest_sequence() { return std::numeric_limits<Index>::max(); }

void validate(const RecurrentConfig& config) {
  const auto at_least_one = [](std::string_view name, Index number) {
    require<ConfigError>(number >= 1, name, " is ", number, ", but must be at least 1");
  };
  at_least_one("source_vocabulary", config.source_vocabulary);
  at_least_one("target_vocabulary", config.target_vocabulary);
  at_least_one("width", config.width);
  at_least_one("encoder_layers", config.encoder_layers);
  at_least_one("decoder_layers", config.decoder_layers);
  require<ConfigError>(config.hidden >= 2 && config.hidden % 2 == 0, "hidden is ", config.hidden,
                       ", but must be even: a half of it reads the source forwards, the other backwards");
  require<ConfigError>(config.dropout >= 0 && config.dropout < 1, "dropout is ", config.dropout,
                       ", but must be from 0 to below 1");
  require_tying_fits(config.tying, config.source_vocabulary, config.target_vocabulary);
}

}  // namespace heed
