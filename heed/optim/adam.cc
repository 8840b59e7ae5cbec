#include "heed/optim/adam.h"

#include <cmath>

namespace heed {

Adam::Adam(Backend& backend, std::vector<Variable> parameters, const AdamOptions& options)
    : backend_(&backend), parameters_(std::move(parameters)), options_(options) {
  for (const Variable& parameter : parameters_) {
    means_.push_back(backend.zeros(parameter.shape()));
    variances_.push_back(backend.zeros(parameter.shape()));
  }
}

Adam::Outcome Adam::step(const Update& update) {
  std::vector<Tensor> gradients;
  for (const Variable& parameter : parameters_) gradients.push_back(parameter.gradient());
  Outcome outcome{std::sqrt(backend_->squared_norm(gradients)) * update.gradient_scale, true};
  outcome.applied = std::isfinite(outcome.gradient_norm);
  if (!outcome.applied) return outcome;
  ++updates_;
  double scale = update.gradient_scale;
  if (update.clip_norm > 0 && outcome.gradient_norm > update.clip_norm)
    scale *= update.clip_norm / outcome.gradient_norm;
  const auto t = static_cast<double>(updates_);
  const AdamStep step{.learning_rate = static_cast<float>(update.learning_rate),
                      .beta1 = static_cast<float>(options_.beta1),
                      .beta2 = static_cast<float>(options_.beta2),
                      .epsilon = static_cast<float>(options_.epsilon),
                      .weight_decay = static_cast<float>(options_.weight_decay),
                      .gradient_scale = static_cast<float>(scale),
                      .mean_correction = static_cast<float>(1 / (1 - std::pow(options_.beta1, t))),
                      .variance_correction = static_cast<float>(1 / (1 - std::pow(options_.beta2, t)))};
  std::vector<AdamTensors> tensors;
  for (std::size_t i = 0; i < parameters_.size(); ++i)
    tensors.push_back({parameters_[i].value(), gradients[i], means_[i], variances_[i]});
  backend_->adam(tensors, step);
  drop_gradients();
  return outcome;
}

void Adam::reset() {
  updates_ = 0;
  for (const auto& averages : {means_, variances_})
    for (const Tensor& average : averages) backend_->fill(average, 0);
}

void Adam::drop_gradients() const {
  for (const Variable& parameter : parameters_) parameter.drop_gradient();
}

}  // namespace heed
