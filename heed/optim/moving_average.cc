#include "heed/optim/moving_average.h"

#include <algorithm>

namespace heed {

MovingAverage::MovingAverage(Backend& backend, std::vector<Variable> parameters, double decay)
    : backend_(&backend), parameters_(std::move(parameters)), weight_(static_cast<float>(1 - decay)) {
  for (const Variable& parameter : parameters_) averages_.push_back(parameter.value().clone());
}

void MovingAverage::update() {
  for (std::size_t i = 0; i < parameters_.size(); ++i)
    backend_->average_into(parameters_[i].value(), weight_, averages_[i]);
}

void MovingAverage::swap() {
  for (std::size_t i = 0; i < parameters_.size(); ++i) {
    float* value = parameters_[i].value().data();
    std::swap_ranges(value, value + averages_[i].count(), averages_[i].data());
  }
}

}  // namespace heed
