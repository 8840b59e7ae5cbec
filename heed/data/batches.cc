#include "heed/data/batches.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "heed/base/error.h"
#include "heed/base/random.h"

namespace heed {
namespace {

/// Which random numbers of a seed the shuffling takes: not those of the weights or the dropout.
constexpr std::uint64_t shuffling_streams = std::uint64_t{0x5F1E} << 48,
                        drawing_streams = std::uint64_t{0xD2A3} << 48;

// std::shuffle would do, but the standard leaves open how, and the same seed must give the same batches
// anywhere.
template <class T>
void shuffle(std::vector<T>& items, Random& random) {
  for (std::size_t left = items.size(); left > 1; --left)
    std::swap(items[left - 1], items[random.below(static_cast<std::uint32_t>(left))]);
}

/// Rows in each column.
struct Rows {
  std::array<Index, Dataset::most_columns> columns{};

  Index most() const { return *std::ranges::max_element(columns); }
  Rows operator+(const Rows& other) const {
    Rows sum = *this;
    for (std::size_t c = 0; c < columns.size(); ++c) sum.columns[c] += other.columns[c];
    return sum;
  }
};

Rows rows_of(const Dataset& dataset, Index example) {
  Rows rows;
  for (Index c = 0; c < dataset.columns(); ++c)
    rows.columns[static_cast<std::size_t>(c)] = dataset.rows(example, c);
  return rows;
}

/// Appends to the plan what the examples, taken in this order, make up.
void cut(const Dataset& dataset, std::span<const Index> order, Index batch_tokens, BatchPlan& plan) {
  std::vector<Index> batch;
  Rows sum;
  for (const Index example : order) {
    const Rows rows = rows_of(dataset, example), with = sum + rows;
    if (!batch.empty() && with.most() > batch_tokens) {
      plan.emplace_back(batch.begin(), batch.end());  // no larger than it has to be
      batch.clear();
      sum = rows;
    } else {
      sum = with;
    }
    batch.push_back(example);
  }
  if (!batch.empty()) plan.push_back(std::move(batch));
}

/// Each example as often as its corpus weighs.
std::vector<Index> weighted(const Dataset& dataset, Index epoch, const BatchOptions& options) {
  std::vector<Index> order;
  if (options.corpora.empty()) {
    order.resize(static_cast<std::size_t>(dataset.size()));
    std::iota(order.begin(), order.end(), Index{0});
    return order;
  }
  require<ConfigError>(options.corpora.back().end == dataset.size(), "batches: the corpora end at example ",
                       options.corpora.back().end, ", the examples at ", dataset.size());
  Random random(options.seed, drawing_streams + static_cast<std::uint64_t>(epoch));
  Index example = 0;
  for (const auto& [end, weight] : options.corpora) {
    require<ConfigError>(weight >= 0, "batches: a corpus weighs ", weight, "; give 0 or more");
    const double whole = std::floor(weight), rest = weight - whole;
    for (; example < end; ++example) {
      const auto times = static_cast<std::size_t>(whole) +
                         (rest > 0 && static_cast<double>(random.uniform()) < rest ? 1 : 0);
      order.insert(order.end(), times, example);
    }
  }
  require<ConfigError>(
      !order.empty() || dataset.size() == 0,
      "batches: an epoch holds no example, as the corpora weigh too little; give them greater weights");
  return order;
}

void require_usable(Index batch_tokens) {
  require<ConfigError>(batch_tokens >= 1, "batches: ", batch_tokens, " tokens a batch; give a number from 1");
}

}  // namespace

BatchPlan plan_epoch(const Dataset& dataset, Index epoch, const BatchOptions& options) {
  require_usable(options.batch_tokens);
  require<ConfigError>(options.bucket >= 1, "batches: a bucket of ", options.bucket,
                       " batches; give a number from 1");
  require<ConfigError>(dataset.size() < Index{1} << 32, "batches: ", dataset.size(),
                       " examples, but no more than 2^32 are shuffled");
  Random random(options.seed, shuffling_streams + static_cast<std::uint64_t>(epoch));
  std::vector<Index> order = weighted(dataset, epoch, options);
  shuffle(order, random);

  BatchPlan plan;
  if (options.bucket == 1) {
    cut(dataset, order, options.batch_tokens, plan);
  } else {
    const auto length_order = [&](Index a, Index b) {
      // By the last column, that which is learned; the others decide among equals.
      for (Index c = dataset.columns() - 1; c >= 0; --c)
        if (const Index left = dataset.rows(a, c), right = dataset.rows(b, c); left != right)
          return left < right;
      return false;
    };
    for (auto begin = order.begin(); begin != order.end();) {
      Rows sum;
      auto end = begin;
      for (; end != order.end() && sum.most() / options.batch_tokens < options.bucket; ++end)
        sum = sum + rows_of(dataset, *end);
      std::stable_sort(begin, end, length_order);
      cut(dataset, {begin, end}, options.batch_tokens, plan);
      begin = end;
    }
  }
  shuffle(plan, random);
  return plan;
}

BatchPlan plan_in_order(const Dataset& dataset, Index batch_tokens) {
  require_usable(batch_tokens);
  std::vector<Index> order(static_cast<std::size_t>(dataset.size()));
  std::iota(order.begin(), order.end(), Index{0});
  BatchPlan plan;
  cut(dataset, order, batch_tokens, plan);
  return plan;
}

Batch make_batch(const Dataset& dataset, std::span<const Index> numbers, Index epoch) {
  Batch batch;
  batch.columns.resize(static_cast<std::size_t>(dataset.columns()));
  for (const Index number : numbers) dataset.append(number, epoch, batch.columns);
  batch.examples.assign(numbers.begin(), numbers.end());
  return batch;
}

}  // namespace heed
