#pragma once
#include "heed/model/model.h"
#include "heed/nn/linear.h"
#include "heed/nn/token_batch.h"

namespace heed {

/// What masked language models are for, in the word of Hugging Face's hub.
inline constexpr std::string_view fill_mask = "fill-mask";

/// A model that sees a whole text at once and says which token stands where one is masked.
class MaskedLanguageModel : public Model {
 public:
  static constexpr std::string_view family = "masked-language-model";

  /// What the logits of the tokens at these rows of the batch are made of: [rows, width].
  virtual Variable before_projection(Pass& pass, const TokenBatch& tokens, const RowList& rows) const = 0;
  /// Makes logits of that.
  virtual const Linear& projection() const = 0;

  /// Logits of which token stands at each of these rows: [rows, vocabulary].
  Variable logits(Pass& pass, const TokenBatch& tokens, const RowList& rows) const {
    return projection()(before_projection(pass, tokens, rows));
  }

 protected:
  using Model::Model;
};

}  // namespace heed
