#pragma once
#include <vector>

#include "heed/autograd/variable.h"
#include "heed/backend/backend.h"

namespace heed {

/// Adam (Kingma & Ba, 2015); the defaults are section 5.3's.
struct AdamOptions {
  double beta1 = 0.9, beta2 = 0.98, epsilon = 1e-9, weight_decay = 0;
};

class Adam {
 public:
  Adam(Backend& backend, std::vector<Variable> parameters, const AdamOptions& options);

  struct Update {
    double learning_rate = 0;
    double gradient_scale = 1;  // one over what the gradients were summed over
    double clip_norm = 0;       // the longest gradient allowed, after scaling; 0: any
  };
  struct Outcome {
    double gradient_norm = 0;  // after scaling, before clipping
    bool applied = true;       // false: the gradient was not finite, and nothing was changed
  };
  /// One step with the gradients that the parameters hold, which are dropped then. Those that are not finite
  /// stay, to be looked at.
  Outcome step(const Update& update);
  /// Forgets the gradients; the next batch starts afresh.
  void drop_gradients() const;

  /// Updates done, and the moving averages of each parameter's gradient and of its square: what a resumed run
  /// needs.
  Index updates() const { return updates_; }
  void set_updates(Index updates) { updates_ = updates; }
  /// Begins anew: no updates, averages of zero.
  void reset();
  const std::vector<Tensor>& means() const { return means_; }
  const std::vector<Tensor>& variances() const { return variances_; }

 private:
  Backend* backend_;
  std::vector<Variable> parameters_;
  AdamOptions options_;
  std::vector<Tensor> means_, variances_;
  Index updates_ = 0;
};

}  // namespace heed
