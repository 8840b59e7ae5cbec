#pragma once
#include <vector>

#include "heed/autograd/variable.h"
#include "heed/backend/backend.h"

namespace heed {

/// An exponential moving average of parameters: average += (1 - decay) * (parameter - average) after every
/// update.
class MovingAverage {
 public:
  MovingAverage(Backend& backend, std::vector<Variable> parameters, double decay);

  void update();
  const std::vector<Tensor>& averages() const { return averages_; }
  /// Swaps the parameters' values with the averages: to evaluate or save them; swap again to go on.
  void swap();

 private:
  Backend* backend_;
  std::vector<Variable> parameters_;
  std::vector<Tensor> averages_;
  float weight_;
};

}  // namespace heed
