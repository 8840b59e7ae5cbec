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

struct Tokens {
  Index source = 0, target = 0;

  Index more() const { return std::max(source, target); }
};

Tokens tokens_of(const Examples& examples, Index example) {
  return {examples.source_length(example), examples.target_length(example)};
}

/// Appends to the plan what the examples, taken in this order, make up.
void cut(const Examples& examples, std::span<const Index> order, Index batch_tokens, BatchPlan& plan) {
  std::vector<Index> batch;
  Tokens sum;
  for (const Index example : order) {
    const Tokens tokens = tokens_of(examples, example);
    const Tokens with{sum.source + tokens.source, sum.target + tokens.target};
    if (!batch.empty() && with.more() > batch_tokens) {
      plan.emplace_back(batch.begin(), batch.end());  // no larger than it has to be
      batch.clear();
      sum = tokens;
    } else {
      sum = with;
    }
    batch.push_back(example);
  }
  if (!batch.empty()) plan.push_back(std::move(batch));
}

/// Each example as often as its corpus weighs.
std::vector<Index> weighted(const Examples& examples, Index epoch, const BatchOptions& options) {
  std::vector<Index> order;
  if (options.corpora.empty()) {
    order.resize(static_cast<std::size_t>(examples.size()));
    std::iota(order.begin(), order.end(), Index{0});
    return order;
  }
  require<ConfigError>(options.corpora.back().end == examples.size(), "batches: the corpora end at example ",
                       options.corpora.back().end, ", the examples at ", examples.size());
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
      !order.empty() || examples.size() == 0,
      "batches: an epoch holds no example, as the corpora weigh too little; give them greater weights");
  return order;
}

void require_usable(Index batch_tokens) {
  require<ConfigError>(batch_tokens >= 1, "batches: ", batch_tokens, " tokens a batch; give a number from 1");
}

}  // namespace

BatchPlan plan_epoch(const Examples& examples, Index epoch, const BatchOptions& options) {
  require_usable(options.batch_tokens);
  require<ConfigError>(options.bucket >= 1, "batches: a bucket of ", options.bucket,
                       " batches; give a number from 1");
  require<ConfigError>(examples.size() < Index{1} << 32, "batches: ", examples.size(),
                       " examples, but no more than 2^32 are shuffled");
  Random random(options.seed, shuffling_streams + static_cast<std::uint64_t>(epoch));
  std::vector<Index> order = weighted(examples, epoch, options);
  shuffle(order, random);

  BatchPlan plan;
  if (options.bucket == 1) {
    cut(examples, order, options.batch_tokens, plan);
  } else {
    const auto length_order = [&](Index a, Index b) {
      const Tokens left = tokens_of(examples, a), right = tokens_of(examples, b);
      return left.target != right.target ? left.target < right.target : left.source < right.source;
    };
    for (auto begin = order.begin(); begin != order.end();) {
      Tokens sum;
      auto end = begin;
      for (; end != order.end() && sum.more() / options.batch_tokens < options.bucket; ++end) {
        const Tokens tokens = tokens_of(examples, *end);
        sum = {sum.source + tokens.source, sum.target + tokens.target};
      }
      std::stable_sort(begin, end, length_order);
      cut(examples, {begin, end}, options.batch_tokens, plan);
      begin = end;
    }
  }
  shuffle(plan, random);
  return plan;
}

BatchPlan plan_in_order(const Examples& examples, Index batch_tokens) {
  require_usable(batch_tokens);
  std::vector<Index> order(static_cast<std::size_t>(examples.size()));
  std::iota(order.begin(), order.end(), Index{0});
  BatchPlan plan;
  cut(examples, order, batch_tokens, plan);
  return plan;
}

Batch make_batch(const Examples& examples, std::span<const Index> numbers) {
  Batch batch;
  for (const Index number : numbers) {
    const auto source = examples.source(number), target = examples.target(number);
    batch.source_tokens.insert(batch.source_tokens.end(), source.begin(), source.end());
    batch.target_tokens.insert(batch.target_tokens.end(), target.begin(), target.end());
    batch.source_lengths.push_back(static_cast<Index>(source.size()));
    batch.target_lengths.push_back(static_cast<Index>(target.size()));
  }
  batch.examples.assign(numbers.begin(), numbers.end());
  return batch;
}

}  // namespace heed
