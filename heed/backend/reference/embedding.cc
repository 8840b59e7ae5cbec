#include "heed/backend/dropout.h"
#include "heed/backend/reference/reference_backend.h"
#include "heed/backend/reference/rows.h"

namespace heed {

using namespace reference;

void ReferenceBackend::embed(std::span<const Index> tokens, std::span<const Index> positions,
                             const Tensor& table, const Tensor& position_table, float scale,
                             const Dropout& dropout, const Tensor& y) {
  const Index width = table.size(1);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Index r = static_cast<Index>(i);
    for (Index c = 0; c < width; ++c) {
      float value = scale * row(table, tokens[i])[c];
      if (position_table) value += row(position_table, positions[i])[c];
      if (dropout) value *= dropout_factor(dropout, dropout.first_element(r, width) + c);
      row(y, r)[c] = value;
    }
  }
}

void ReferenceBackend::embed_backward(std::span<const Index> tokens, float scale, const Dropout& dropout,
                                      const Tensor& dy, const Tensor& dtable) {
  const Index width = dtable.size(1);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Index r = static_cast<Index>(i);
    for (Index c = 0; c < width; ++c) {
      const float factor = dropout ? dropout_factor(dropout, dropout.first_element(r, width) + c) : 1;
      row(dtable, tokens[i])[c] += scale * factor * row(dy, r)[c];
    }
  }
}

}  // namespace heed
