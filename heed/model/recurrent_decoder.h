#pragma once
#include <optional>
#include <vector>

#include "heed/model/attentive_layer.h"
#include "heed/model/autoregressive_model.h"
#include "heed/model/recurrent_encoder.h"
#include "heed/ops/pointer_generator.h"

namespace heed {

/// What a recurrent decoder remembers of each sequence that it writes, and what it looks at.
struct RecurrentState : DecodingState {
  struct Layer {
    Variable hidden, cell_state;  // [sequences, hidden]; of lstm alone
  };
  std::vector<Layer> layers;
  AttendedSources sources;
  ops::PointedAt copied = {};  // of a model with a copy head

  Index sequences() const override { return sources.segments.size(); }
  void keep(std::span<const Index> numbers) override;
};

/// Scores the next token after every given one from its own state and, with attention, from the source's.
class RecurrentDecoder {
 public:
  RecurrentDecoder(const ParameterScope& scope, const RecurrentConfig& config);

  RecurrentState start(const EncodedSources& encoded, const Segments& sources) const;

  /// Goes on with rows [rows, width] of tokens that lie as `segments` says: what their logits are made of,
  /// [rows, width].
  Variable operator()(Variable x, const Segments& segments, RecurrentState& state) const;

 private:
  RecurrentConfig config_;
  std::string attention_name_;
  std::optional<AttentiveLayer> attentive_;  // Bahdanau's: the first layer
  std::vector<RecurrentLayer> layers_;       // the others, or all
  Linear bridge_;                            // from the encoder's last states to the first of each layer
  std::optional<Linear> keys_;               // Luong's W_a, on the source's side
  Linear readout_;                           // Luong's W_c, or from the state alone
};

}  // namespace heed
