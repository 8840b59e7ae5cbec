#pragma once
#include <optional>

#include "heed/model/bert_encoder.h"
#include "heed/model/masked_language_model.h"

namespace heed {

/// BERT with the head that it is pre-trained with (Devlin et al., 2019, section 3.1, task 1): a dense layer,
/// its activation and a normalization, then the table of tokens as projection, with a bias of its own. It is
/// not asked whether a sentence follows another (task 2), which helps nothing that comes after (Liu et al.,
/// 2019, section 4.2).
class Bert : public MaskedLanguageModel {
 public:
  Bert(const BertConfig& config, ParameterSource& source, ParameterStore::Purpose purpose,
       const Placement& placement = {});

  Variable before_projection(Pass& pass, const TokenBatch& tokens, const RowList& rows) const override;
  const Linear& projection() const override { return *projection_; }

 private:
  std::optional<BertEncoder> encoder_;
  std::optional<Linear> dense_;
  Activation activation_;
  std::optional<Norm> norm_;
  std::optional<Linear> projection_;
};

}  // namespace heed
