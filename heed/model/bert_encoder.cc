#include "heed/model/bert_encoder.h"

#include <algorithm>

namespace heed {
namespace {

Embedding embedding_of(const ParameterScope& root, const BertConfig& c) {
  const Variable table =
      (root / "embedding").parameter("weight", {c.vocabulary, c.width}, BertConfig::start());
  // Dropout comes after the normalization.
  return {"encoder", table,
          PositionalEncoding(root / "encoder" / "positions", PositionKind::learned,
                             {c.maximum_positions, c.width}, BertConfig::start()),
          Embedding::Options{}};
}

Variable table_of_types(const ParameterScope& root, const BertConfig& c) {
  if (c.token_types == 0) return {};
  return (root / "encoder" / "token_types")
      .parameter("weight", {c.token_types, c.width}, BertConfig::start());
}

}  // namespace

BertEncoder::BertEncoder(const ParameterScope& root, const BertConfig& c)
    : embedding_(embedding_of(root, c)),
      types_(table_of_types(root, c)),
      norm_(root / "encoder" / "embedding_norm", c.width, c.layer().normalization),
      dropout_(static_cast<float>(c.dropout)),
      encoder_(root / "encoder", c.layer(), c.layers) {}

Variable BertEncoder::with_types(const Variable& x, const TokenBatch& batch) const {
  const bool told = !batch.types.empty();
  require<ShapeError>(!told || batch.types.size() == batch.tokens.size(), "embedding: ", batch.tokens.size(),
                      " tokens have ", batch.types.size(), " types");
  if (!types_) {
    require<ShapeError>(std::ranges::all_of(batch.types, [](Index type) { return type == 0; }),
                        "embedding: tokens of several types meet a model that knows one; train it with "
                        "larger token_types");
    return norm_(x);
  }
  const IndexList types =
      told ? batch.types : IndexList(std::vector<Index>(static_cast<std::size_t>(batch.tokens.size())));
  return norm_.of_sum(x, ops::embed(x.pass(), types, types_, {.row_names = x.row_names()}), 0);
}

Variable BertEncoder::operator()(Pass& pass, const TokenBatch& batch) const {
  const Variable x = with_types(embedding_(pass, batch), batch);
  return encoder_(ops::dropout(x, dropout_), batch.segments);
}

}  // namespace heed
