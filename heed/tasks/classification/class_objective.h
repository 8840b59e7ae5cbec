#pragma once
#include "heed/model/classifier.h"
#include "heed/text/tokenizer.h"
#include "heed/training/objective.h"

namespace heed {

/// To predict the classes of examples with the columns that class_logits takes. What is left to the task is
/// what has a class, and how it is validated. Model and tokenizer must outlive it.
class ClassObjective : public Objective {
 public:
  ClassObjective(const Classifier& model, const Tokenizer& tokenizer, double label_smoothing)
      : model_(model), tokenizer_(tokenizer), label_smoothing_(static_cast<float>(label_smoothing)) {}

  Loss loss(Pass& pass, const Batch& batch) const override;
  Index tokens(const Batch& batch) const override { return std::ssize(batch.columns.at(0).tokens); }
  std::vector<std::string_view> measures() const override { return {"accuracy", "loss"}; }
  // While all are still taken for one class, the loss alone tells whether anything is learned.
  std::string_view tie_breaker() const override { return "loss"; }
  std::vector<std::string> texts(const Batch& batch) const override;

 protected:
  const Classifier& model() const { return model_; }

 private:
  const Classifier& model_;
  const Tokenizer& tokenizer_;
  float label_smoothing_;
};

}  // namespace heed
