#include "heed/model/recurrent_encoder.h"

#include "heed/ops/arithmetic.h"
#include "heed/ops/concat.h"
#include "heed/ops/gather_rows.h"

namespace heed {

RecurrentEncoder::RecurrentEncoder(const ParameterScope& scope, const RecurrentConfig& c)
    : dropout_(static_cast<float>(c.dropout)) {
  for (Index i = 0; i < c.encoder_layers; ++i)
    layers_.emplace_back(scope / "layers" / i, c.cell, i == 0 ? c.width : c.hidden, c.hidden / 2);
}

EncodedSources RecurrentEncoder::operator()(Variable x, const Segments& sources) const {
  for (std::size_t i = 0; i < layers_.size(); ++i)
    x = layers_[i](i == 0 ? x : ops::dropout(x, dropout_), sources);

  std::vector<Index> first, last;
  for (const auto& [start, length] : sources) {
    require<ShapeError>(length > 0, "recurrent encoder: a source has no token, not even EOS");
    first.push_back(start);
    last.push_back(start + length - 1);
  }
  const Index half = x.size(1) / 2;
  return {x, ops::concat({ops::gather_rows(x.narrow(1, 0, half), std::move(last)),
                          ops::gather_rows(x.narrow(1, half, half), std::move(first))})};
}

}  // namespace heed
