#include "heed/backend/dropout.h"
#include "heed/backend/reference/reference_backend.h"
#include "heed/backend/reference/rows.h"

namespace heed {

using namespace reference;

void ReferenceBackend::embed(const IndexList& tokens, const IndexList& positions, const Tensor& table,
                             const Tensor& position_table, float scale, const Dropout& dropout,
                             const Tensor& y) {
  const Index width = table.size(1);
  for (Index r = 0; r < tokens.size(); ++r) {
    for (Index c = 0; c < width; ++c) {
      float value = scale * row(table, tokens[r])[c];
      if (position_table) value += row(position_table, positions[r])[c];
      if (dropout) value *= dropout_factor(dropout, dropout.first_element(r, width) + c);
      row(y, r)[c] = value;
    }
  }
}

void ReferenceBackend::embed_backward(const IndexList& tokens, float scale, const Dropout& dropout,
                                      const Tensor& dy, const Tensor& dtable) {
  const Index width = dtable.size(1);
  for (Index r = 0; r < tokens.size(); ++r) {
    for (Index c = 0; c < width; ++c) {
      const float factor = dropout ? dropout_factor(dropout, dropout.first_element(r, width) + c) : 1;
      row(dtable, tokens[r])[c] += scale * factor * row(dy, r)[c];
    }
  }
}

}  // namespace heed
