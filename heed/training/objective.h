#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "heed/autograd/pass.h"
#include "heed/data/batches.h"
#include "heed/training/validation.h"

namespace heed {

/// The loss of a batch, and what it is divided by: a number of Objective::loss_unit().
struct Loss {
  Variable sum;
  double count = 0;
};

/// What a model learns, as the trainer sees it: nothing else of texts, tokenizers or measures is known there.
class Objective {
 public:
  virtual ~Objective() = default;

  virtual Loss loss(Pass& pass, const Batch& batch) const = 0;
  /// What the loss is the mean over, one of it: "token", "text".
  virtual std::string_view loss_unit() const = 0;
  /// Tokens of a batch, by which the speed of training is told: those to predict, or those of the text where
  /// something else is predicted.
  virtual Index tokens(const Batch& batch) const = 0;

  /// Of the model as it is now. Of a model whose scores are not numbers, as one that diverges may have, no
  /// measure is a number.
  virtual Validation validate(Backend& backend) const = 0;
  /// Names of the measures that may decide which checkpoint is the best. The first one does by default.
  virtual std::vector<std::string_view> measures() const = 0;

  /// Names all that its measures depend on besides the model: what is validated on, and how. Values can be
  /// compared where it is the same.
  virtual std::string validation_fingerprint() const = 0;

  /// Decides where the deciding measure is the same as that of the best; empty: the earlier stays the best.
  virtual std::string_view tie_breaker() const { return {}; }

  /// The examples of a batch as texts for people: an update that is not finite is told with them.
  virtual std::vector<std::string> texts(const Batch& batch) const = 0;
};

}  // namespace heed
