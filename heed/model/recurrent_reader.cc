#include "heed/model/recurrent_reader.h"

#include "heed/ops/arithmetic.h"
#include "heed/ops/concat.h"
#include "heed/ops/gather_rows.h"

namespace heed {

RecurrentReader::RecurrentReader(const ParameterScope& scope, const RecurrentClassifierConfig& c)
    : dropout_(static_cast<float>(c.dropout)) {
  for (Index i = 0; i < c.layers; ++i) {
    const ParameterScope layer = scope / "layers" / i;
    const Index inputs = i == 0 ? c.width : c.hidden;
    if (c.bidirectional)
      both_.emplace_back(layer, c.cell, inputs, c.hidden / 2);
    else
      forwards_.emplace_back(layer, c.cell, inputs, c.hidden);
  }
}

Variable RecurrentReader::operator()(Variable x, const Segments& sequences) const {
  for (std::size_t i = 0; i < std::max(forwards_.size(), both_.size()); ++i) {
    const Variable given = i == 0 ? x : ops::dropout(x, dropout_);
    x = both_.empty() ? forwards_[i](given, sequences).hidden : both_[i](given, sequences);
  }
  return x;
}

Variable RecurrentReader::last(const Variable& states, const Segments& sequences) const {
  std::vector<Index> firsts, lasts;
  for (const auto& [start, length] : sequences) {
    require<ShapeError>(length > 0, "recurrent reader: a sequence has no token, not even EOS");
    firsts.push_back(start);
    lasts.push_back(start + length - 1);
  }
  const auto of_both = [&] {
    const Index half = states.size(1) / 2;
    return ops::concat({ops::gather_rows(states.narrow(1, 0, half), std::move(lasts)),
                        ops::gather_rows(states.narrow(1, half, half), std::move(firsts))});
  };
  const Variable last = both_.empty() ? ops::gather_rows(states, std::move(lasts)) : of_both();
  return last.with_row_names(states.pass().row_names(Segments::uniform(sequences.size(), 1)));
}

}  // namespace heed
