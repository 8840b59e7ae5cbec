#pragma once
#include <cstddef>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "heed/data/batches.h"
#include "heed/model/model.h"
#include "heed/training/objective.h"

namespace heed {

/// What a training run holds in memory at its fullest, in bytes.
struct MemoryPlan {
  Index batch_tokens = 0;
  std::size_t program = 0;  // what is held already: the program, its libraries, the corpus
  std::size_t weights = 0, gradients = 0, optimizer = 0, moving_average = 0;
  std::size_t order = 0;  // in which an epoch takes the examples: what shuffling them needs
  std::size_t batch = 0;  // what a batch leaves for the backward pass, and the gradients on it
  std::size_t end = 0;    // what choosing the final model needs beyond a training step

  std::size_t total() const;
  /// "weights" and so on, with the bytes of each that is not 0.
  std::vector<std::pair<std::string, std::size_t>> parts() const;
};

/// ConfigError if the weights, gradients and averages of a model alone do not fit into so many bytes, which
/// the process may hold in all. An outline of the model does (heed/model/outline.h): it is to be asked before
/// there is a model.
void require_room_for(const Model& model, bool moving_average, std::size_t bytes);

/// Foretells memory. What a batch needs is measured, not computed: some batches of the first epoch go through
/// the model and back. The model is left as it was.
class MemoryPlanner {
 public:
  /// `model` has no gradients yet, `kernels` trains it; all outlive the planner. Of `bytes`, which the
  /// process may hold in all, it takes no more to find out what is needed: ConfigError if not even weights,
  /// gradients and averages fit.
  MemoryPlanner(const Model& model, const Objective& objective, Backend& backend, const Dataset& examples,
                const BatchOptions& batches, bool moving_average,
                std::size_t bytes = std::numeric_limits<std::size_t>::max());

  /// Takes as long as some training steps, 16 at most.
  MemoryPlan plan(Index batch_tokens) const;

  /// What fits into so many bytes: batches of so many tokens, or of a half, a quarter ... ConfigError if not
  /// even the smallest fit.
  MemoryPlan fitting(Index batch_tokens, std::size_t bytes) const;

  /// What the process holds already.
  std::size_t program() const { return program_; }

 private:
  MemoryPlan plan(Index batch_tokens, std::size_t bytes_of_batch) const;
  std::size_t measure(Index tokens) const;

  const Model& model_;
  const Objective& objective_;
  Backend& backend_;
  const Dataset& examples_;
  BatchOptions batches_;
  std::size_t weights_, averages_, program_ = 0;
  double per_token_ = 0;  // bytes of a batch, about
};

}  // namespace heed
