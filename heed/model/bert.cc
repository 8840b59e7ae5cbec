#include "heed/model/bert.h"

#include "heed/ops/gather_rows.h"

namespace heed {
namespace {

/// As between the products of the encoder's layers; gelu where these are gated.
Activation activation_of_head(FeedForwardKind kind) {
  if (kind == FeedForwardKind::relu) return Activation::relu;
  return kind == FeedForwardKind::gelu_tanh ? Activation::gelu_tanh : Activation::gelu;
}

}  // namespace

Bert::Bert(const BertConfig& c, ParameterSource& source, ParameterStore::Purpose purpose,
           const Placement& placement)
    : MaskedLanguageModel(c, source, purpose, placement), activation_(activation_of_head(c.feed_forward)) {
  const ParameterScope head = root() / "prediction";
  encoder_.emplace(root(), c);
  dense_.emplace(head / "dense", c.width, c.width, Linear::Options{.start = BertConfig::start()});
  norm_.emplace(head / "norm", c.width, c.layer().normalization);
  projection_.emplace((root() / "embedding").prepacked({"weight"}, encoder_->table()),
                      head.parameter("bias", {c.vocabulary}, zeros()));
}

Variable Bert::before_projection(Pass& pass, const TokenBatch& tokens, const RowList& rows) const {
  const Variable asked = ops::gather_rows((*encoder_)(pass, tokens), rows);
  return (*norm_)((*dense_)(asked, {.activation = activation_}));
}

}  // namespace heed
