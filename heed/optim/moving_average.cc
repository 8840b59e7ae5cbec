#include "heed/optim/moving_average.h"

namespace heed {

MovingAverage::MovingAverage(Backend& backend, std::vector<Variable> parameters, double decay)
    : backend_(&backend), parameters_(std::move(parameters)), weight_(static_cast<float>(1 - decay)) {
  for (const Variable& parameter : parameters_) averages_.push_back(backend.clone(parameter.value()));
}

void MovingAverage::update() {
  for (std::size_t i = 0; i < parameters_.size(); ++i)
    backend_->average_into(parameters_[i].value(), weight_, averages_[i]);
}

void MovingAverage::swap() {
  for (std::size_t i = 0; i < parameters_.size(); ++i) backend_->swap(parameters_[i].value(), averages_[i]);
}

}  // namespace heed
