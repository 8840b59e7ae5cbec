#include "heed/classification/recurrent_reader.h"

#include "heed/ops/arithmetic.h"
#include "heed/ops/concat.h"
#include "heed/ops/gather_rows.h"

namespace heed {
namespace {

RecurrentCell cell_of(SequenceEncoder encoder) {
  switch (encoder) {
    case SequenceEncoder::gru:
      return RecurrentCell::gru;
    case SequenceEncoder::lstm:
      return RecurrentCell::lstm;
    case SequenceEncoder::rnn:
    case SequenceEncoder::transformer:
      break;
  }
  return RecurrentCell::rnn;
}

}  // namespace

RecurrentReader::RecurrentReader(const ParameterScope& scope, const SequenceConfig& c, Embedding embedding)
    : embedding_(std::move(embedding)), dropout_(static_cast<float>(c.dropout)) {
  const RecurrentCell cell = cell_of(c.encoder);
  for (Index i = 0; i < c.layers; ++i) {
    const ParameterScope layer = scope / "layers" / i;
    const Index inputs = i == 0 ? c.width : c.hidden;
    if (c.bidirectional)
      both_.emplace_back(layer, cell, inputs, c.hidden / 2);
    else
      forwards_.emplace_back(layer, cell, inputs, c.hidden);
  }
}

Variable RecurrentReader::operator()(Pass& pass, std::span<const Index> tokens, const Segments& texts) const {
  pass.rows_lie(texts);
  Variable x = embedding_(pass, tokens, texts);
  for (std::size_t i = 0; i < std::max(forwards_.size(), both_.size()); ++i) {
    const Variable given = i == 0 ? x : ops::dropout(x, dropout_);
    x = both_.empty() ? forwards_[i](given, texts).hidden : both_[i](given, texts);
  }
  return x;
}

Variable RecurrentReader::last(const Variable& states, const Segments& texts) const {
  std::vector<Index> firsts, lasts;
  for (const auto& [start, length] : texts) {
    firsts.push_back(start);
    lasts.push_back(start + length - 1);
  }
  if (both_.empty()) return ops::gather_rows(states, std::move(lasts));
  const Index half = states.size(1) / 2;
  return ops::concat({ops::gather_rows(states.narrow(1, 0, half), std::move(lasts)),
                      ops::gather_rows(states.narrow(1, half, half), std::move(firsts))});
}

}  // namespace heed
