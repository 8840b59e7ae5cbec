#pragma once
#include <memory>
#include <vector>

#include "heed/decoding/next_token_model.h"

namespace heed {

/// Several models that write the same tokens, as one: the mean of their log-probabilities, made a
/// distribution again (a product of experts with equal weights).
class EnsembleSession : public NextTokenModel {
 public:
  /// One at least, with the same hypotheses, on one backend. ShapeError otherwise.
  explicit EnsembleSession(std::vector<std::unique_ptr<NextTokenModel>> members);

  Backend& backend() const override { return members_.front()->backend(); }
  Index hypotheses() const override { return members_.front()->hypotheses(); }
  /// That of the member with the shortest.
  Index context() const override;
  /// Means of log-probabilities: logits of what they are as a distribution. ShapeError for members with
  /// other vocabularies.
  Tensor next(std::span<const Index> tokens) override;
  void keep(std::span<const Index> numbers) override;

 private:
  std::vector<std::unique_ptr<NextTokenModel>> members_;
};

}  // namespace heed
