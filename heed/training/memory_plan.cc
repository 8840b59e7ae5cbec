#include "heed/training/memory_plan.h"

#include <algorithm>
#include <array>
#include <limits>

#include "heed/base/error.h"
#include "heed/base/process_memory.h"
#include "heed/base/quantities.h"
#include "heed/base/stopwatch.h"
#include "heed/tensor/storage.h"

namespace heed {
namespace {

constexpr Index smallest_batch = 64;
// What is measured to know about how memory grows: small enough to fit anywhere and to take no time.
constexpr Index first_probe = 1024;

// Batches that are measured at most, and for how long beyond the first ones.
constexpr std::size_t most_batches = 16;
constexpr double most_seconds = 10;
// So many that take nothing new, one after the other: then no more is to be expected.
constexpr int calm_batches = 4;

/// The batches of an epoch in the order in which they are measured: first those with the most rows in each
/// column and the one with the fewest in all, then the first ones.
std::vector<std::size_t> order_of_measuring(const Dataset& examples, const BatchPlan& plan) {
  const auto columns = static_cast<std::size_t>(examples.columns());
  std::vector<std::size_t> extremes(columns + 1);
  std::vector<Index> most(columns, 0);
  Index fewest = std::numeric_limits<Index>::max();
  for (std::size_t i = 0; i < plan.size(); ++i) {
    Index all = 0;
    for (std::size_t column = 0; column < columns; ++column) {
      Index rows = 0;
      for (const Index example : plan[i]) rows += examples.rows(example, static_cast<Index>(column));
      if (rows > most[column]) most[column] = rows, extremes[column] = i;
      all += rows;
    }
    if (all < fewest) fewest = all, extremes[columns] = i;
  }
  std::vector<std::size_t> order(extremes.begin(), extremes.end());
  for (std::size_t i = 0; i < plan.size() && order.size() < most_batches; ++i) order.push_back(i);
  return order;
}

void require_fits(std::size_t needed, Index tokens, std::size_t bytes) {
  require<ConfigError>(needed <= bytes, "training needs ", bytes_text(static_cast<double>(needed)),
                       " with batches of ", tokens, " tokens, but may take ",
                       bytes_text(static_cast<double>(bytes)),
                       "; give more with --memory, or train a smaller model");
}

std::size_t bytes_of_weights(const Model& model) {
  std::size_t bytes = 0;
  for (const auto& parameter : model.store().parameters())
    bytes += pool_block_bytes(4 * static_cast<std::size_t>(parameter.variable.value().count()));
  return bytes;
}

/// As people count them: 12.3M.
std::string parameters_text(const Model& model) {
  return count_text(static_cast<double>(model.store().count()));
}

std::size_t pool_bytes() {
  const PoolUse use = pool_use();
  return use.in_use + use.free;
}

}  // namespace

std::size_t MemoryPlan::total() const {
  std::size_t sum = 0;
  for (const auto& [name, bytes] : parts()) sum += bytes;
  return sum;
}

std::vector<std::pair<std::string, std::size_t>> MemoryPlan::parts() const {
  std::vector<std::pair<std::string, std::size_t>> all{{"program and corpus", program},
                                                       {"weights", weights},
                                                       {"gradients", gradients},
                                                       {"optimizer", optimizer},
                                                       {"moving average", moving_average},
                                                       {"order of examples", order},
                                                       {"batch", batch},
                                                       {"final model", end}};
  std::erase_if(all, [](const auto& part) { return part.second == 0; });
  return all;
}

void require_room_for(const Model& model, bool moving_average, std::size_t bytes) {
  // The optimizer has two averages.
  const std::size_t needed = resident_bytes() + (moving_average ? 5 : 4) * bytes_of_weights(model);
  require<ConfigError>(needed <= bytes, "training a model of ", parameters_text(model), " parameters needs ",
                       bytes_text(static_cast<double>(needed)),
                       " for weights, gradients and averages alone, but may take ",
                       bytes_text(static_cast<double>(bytes)),
                       "; give more with --memory if there is more, or train a smaller model");
}

MemoryPlanner::MemoryPlanner(const Model& model, const Objective& objective, Backend& backend,
                             const Dataset& examples, const BatchOptions& batches, bool moving_average,
                             std::size_t bytes)
    : model_(model),
      objective_(objective),
      backend_(backend),
      examples_(examples),
      batches_(batches),
      weights_(bytes_of_weights(model)),
      averages_(moving_average ? weights_ : 0) {
  const std::size_t least = resident_bytes() + 3 * weights_ + averages_;
  require_fits(least, smallest_batch, bytes);
  const auto per_token = [&](Index tokens) {
    return static_cast<double>(measure(tokens)) / static_cast<double>(tokens);
  };
  per_token_ = per_token(smallest_batch);
  const std::size_t first = least + static_cast<std::size_t>(per_token_ * static_cast<double>(first_probe));
  if (first <= bytes) per_token_ = per_token(first_probe);
  // Not before: what kernels keep for themselves is there by now.
  const std::size_t resident = resident_bytes();
  program_ = resident - std::min(resident, weights_);
}

/// What steps forward and back take beyond the gradients of weights. A block of memory serves for what is a
/// little smaller, too, but batches that differ need more blocks than one alone: so there are some of them.
std::size_t MemoryPlanner::measure(Index tokens) const {
  BatchOptions options = batches_;
  options.batch_tokens = tokens;
  const BatchPlan plan = plan_epoch(examples_, 0, options);
  trim_pool();
  const std::size_t before = pool_bytes();
  std::size_t after = before;
  const Stopwatch watch;
  int calm = 0;
  for (const std::size_t number : order_of_measuring(examples_, plan)) {
    {
      Pass pass = Pass::training(backend_, {0, 0});
      pass.backward(objective_.loss(pass, make_batch(examples_, plan[number])).sum);
    }
    for (const auto& parameter : model_.store().parameters()) parameter.variable.drop_gradient();
    calm = pool_bytes() > after ? 0 : calm + 1;
    after = pool_bytes();
    if (calm == calm_batches || watch.seconds() > most_seconds) break;
  }
  trim_pool();
  examples_.forget();
  return after - std::min(after, before + weights_);
}

MemoryPlan MemoryPlanner::plan(Index batch_tokens) const { return plan(batch_tokens, measure(batch_tokens)); }

MemoryPlan MemoryPlanner::plan(Index batch_tokens, std::size_t bytes_of_batch) const {
  MemoryPlan plan{.batch_tokens = batch_tokens,
                  .program = program_,
                  .weights = weights_,
                  .gradients = weights_,
                  .optimizer = 2 * weights_,
                  .moving_average = averages_,
                  // Their numbers, and the same cut into batches.
                  .order = 2 * sizeof(Index) * static_cast<std::size_t>(examples_.size()),
                  .batch = bytes_of_batch};
  // The last weights and the sum of checkpoints, where a batch lay before.
  const std::size_t choosing = 2 * weights_;
  plan.end = choosing - std::min(choosing, plan.batch);
  return plan;
}

MemoryPlan MemoryPlanner::fitting(Index batch_tokens, std::size_t bytes) const {
  for (Index tokens = batch_tokens;; tokens /= 2) {
    // What is clearly too much is not even tried.
    MemoryPlan needed = plan(tokens, static_cast<std::size_t>(per_token_ * static_cast<double>(tokens)));
    if (needed.total() <= bytes) {
      needed = plan(tokens);
      if (needed.total() <= bytes) return needed;
    }
    if (tokens / 2 < smallest_batch) require_fits(needed.total(), tokens, bytes);
  }
}

}  // namespace heed
