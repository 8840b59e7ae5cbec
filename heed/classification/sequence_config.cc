#include "heed/classification/sequence_config.h"

namespace heed {

void validate(const SequenceConfig& config) {
  if (config.encoder == SequenceEncoder::transformer) {
    require<ConfigError>(config.width % config.heads == 0, "width ", config.width, " does not divide into ",
                         config.heads, " heads");
    require<ConfigError>(config.pooling != Pooling::last,
                         "pooling last: a Transformer has no last state; take max or mean");
  } else {
    require<ConfigError>(!config.bidirectional || config.hidden % 2 == 0, "hidden ", config.hidden,
                         " cannot be halved for two directions; take an even number");
  }
}

}  // namespace heed
