#pragma once
#include <memory>
#include <variant>

#include "heed/classification/recurrent_reader.h"
#include "heed/data/examples.h"
#include "heed/model/encoder.h"

namespace heed {

/// Words in their order to a logit for each class: vectors of words, a Transformer's encoder or recurrent
/// layers, pooling over the text, a linear layer.
class SequenceNetwork {
 public:
  struct Sizes {
    Index words = 0, classes = 0;
  };

  /// `source` need not outlive the constructor. ConfigError if the config does not fit itself.
  SequenceNetwork(const SequenceConfig& config, const Sizes& sizes, ParameterSource& source,
                  ParameterStore::Purpose purpose, const Placement& placement = {});

  /// tokens of all texts, placed as the segments say; gives [texts, classes].
  Variable operator()(Pass& pass, std::span<const Index> tokens, const Segments& texts) const;

  const SequenceConfig& config() const { return config_; }
  const ParameterStore& store() const { return *store_; }

 private:
  using Reader = std::variant<Encoder, RecurrentReader>;
  Reader make_reader(Index words) const;
  Variable pooled(const Variable& states, const Segments& texts) const;

  SequenceConfig config_;
  std::unique_ptr<ParameterStore> store_;
  Reader reader_;
  Linear output_;
};

/// What each class has of the probability, text by text. [texts, classes]
std::vector<float> class_probabilities(const SequenceNetwork& network, Backend& backend,
                                       const Examples& texts);

}  // namespace heed
