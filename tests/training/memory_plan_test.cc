#include "heed/training/memory_plan.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "heed/backend/cpu/cpu_backend.h"
#include "heed/base/error.h"
#include "heed/base/process_memory.h"
#include "heed/base/random.h"
#include "heed/data/batch_stream.h"
#include "heed/data/examples.h"
#include "heed/model/transformer.h"
#include "heed/optim/adam.h"
#include "heed/tasks/text_pairs/batch_loss.h"
#include "heed/tensor/storage.h"
#include "heed/text/tokenizer.h"

namespace heed {
namespace {

constexpr Index vocabulary = 1000;

TransformerConfig config_of(std::string_view preset) {
  TransformerConfig config = transformer_preset(preset);
  config.source_vocabulary = config.target_vocabulary = vocabulary;
  return config;
}

Examples random_examples(Index count) {
  Random random(1);
  const auto sentence = [&] {
    std::vector<Index> tokens;
    for (std::uint32_t left = 2 + random.below(25); left > 0; --left)
      tokens.push_back(4 + random.below(static_cast<std::uint32_t>(vocabulary - 4)));
    tokens.push_back(special::eos);
    return tokens;
  };
  Examples examples;
  for (Index i = 0; i < count; ++i) {
    const auto source = sentence();
    examples.add({source, sentence()});
  }
  return examples;
}

std::vector<Variable> parameters_of(const Transformer& model) {
  std::vector<Variable> all;
  for (const auto& parameter : model.store().parameters()) all.push_back(parameter.variable);
  return all;
}

/// What a translator learns; nothing is measured.
class TranslationLoss : public Objective {
 public:
  explicit TranslationLoss(const EncoderDecoder& model) : model_(model) {}

  Loss loss(Pass& pass, const Batch& batch) const override {
    largest = std::max(largest, std::ssize(batch.columns[1].tokens));
    return {batch_loss(model_, pass, batch, 0.1f), static_cast<double>(batch.columns[1].tokens.size())};
  }
  std::string_view loss_unit() const override { return "token"; }
  Index tokens(const Batch& batch) const override { return std::ssize(batch.columns[1].tokens); }
  Validation validate(Backend&) const override { return {}; }
  std::vector<std::string_view> measures() const override { return {}; }
  std::string validation_fingerprint() const override { return {}; }
  std::vector<std::string> texts(const Batch&) const override { return {}; }

  mutable Index largest = 0;  // target tokens of a batch

 private:
  const EncoderDecoder& model_;
};

struct Case {
  std::string_view preset;
  Index batch_tokens;
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.preset << " " << c.batch_tokens; }

class MemoryPlanOf : public testing::TestWithParam<Case> {};

TEST_P(MemoryPlanOf, IsWhatTrainingTakes) {
  const auto [preset, batch_tokens] = GetParam();
  trim_pool();
  const std::size_t before = pool_use().in_use;
  RandomParameters start(1);
  const Transformer model(config_of(preset), start, ParameterStore::Purpose::training);
  const auto examples = std::make_shared<const Examples>(random_examples(4000));
  const TranslationLoss objective(model);
  const MemoryPlanner planner(model, objective, cpu_backend(), *examples, {.batch_tokens = batch_tokens},
                              false);
  const MemoryPlan plan = planner.plan(batch_tokens);

  Adam adam(cpu_backend(), parameters_of(model), {});
  BatchStream stream(examples, {.batch_tokens = batch_tokens});
  for (std::uint32_t update = 0; update < 6; ++update) {
    Pass pass = Pass::training(cpu_backend(), {1, update});
    pass.backward(objective.loss(pass, stream.next()).sum);
    adam.step({.learning_rate = 1e-4});
  }
  const PoolUse use = pool_use();
  const auto held = static_cast<double>(use.in_use + use.free - before);
  const auto promised = static_cast<double>(plan.weights + plan.gradients + plan.optimizer + plan.batch);
  EXPECT_NEAR(held / promised, 1, 0.15) << held << " bytes held, " << promised << " promised";
}

INSTANTIATE_TEST_SUITE_P(Models, MemoryPlanOf,
                         testing::Values(Case{"tiny", 300}, Case{"tiny", 2048}, Case{"small", 1024}));

class AMemoryPlan : public testing::Test {
 protected:
  AMemoryPlan()
      : start_(1),
        model_(config_of("tiny"), start_, ParameterStore::Purpose::training),
        objective_(model_),
        examples_(random_examples(500)),
        planner_(model_, objective_, cpu_backend(), examples_, {}, true) {}

  RandomParameters start_;
  Transformer model_;
  TranslationLoss objective_;
  Examples examples_;
  MemoryPlanner planner_;
};

TEST_F(AMemoryPlan, LeavesNoGradientBehind) {
  for (const auto& parameter : model_.store().parameters())
    EXPECT_FALSE(parameter.variable.has_gradient()) << parameter.name;
}

TEST_F(AMemoryPlan, CountsWeightsGradientsAndAverages) {
  const MemoryPlan plan = planner_.plan(1000);
  const auto bytes = 4 * static_cast<double>(model_.store().count());
  EXPECT_GE(static_cast<double>(plan.weights), bytes);
  EXPECT_LE(static_cast<double>(plan.weights), 1.25 * bytes);
  EXPECT_EQ(plan.gradients, plan.weights);
  EXPECT_EQ(plan.optimizer, 2 * plan.weights);
  EXPECT_EQ(plan.moving_average, plan.weights);
  EXPECT_GT(plan.program, 0u);
  EXPECT_GT(plan.batch, planner_.plan(500).batch);
}

TEST_F(AMemoryPlan, CutsABatchThatDoesNotFit) {
  const auto needed = [&](Index tokens) { return planner_.plan(tokens).total(); };
  EXPECT_EQ(planner_.fitting(4096, 4 * needed(4096)).batch_tokens, 4096);
  EXPECT_EQ(planner_.fitting(4096, (needed(1024) + needed(2048)) / 2).batch_tokens, 1024);
}

TEST_F(AMemoryPlan, TakesNoMoreToFindOutThanThereIs) {
  const auto planner_within = [&](std::size_t bytes) {
    return MemoryPlanner(model_, objective_, cpu_backend(), examples_, {}, true, bytes);
  };
  EXPECT_THROW(planner_within(resident_bytes() + 1000), ConfigError);
  EXPECT_GT(objective_.largest, 900);  // of the planner that has room
  const MemoryPlan small = planner_.plan(100);
  const std::size_t enough = resident_bytes() + 4 * small.weights + 2 * small.batch;
  objective_.largest = 0;
  planner_within(enough);
  EXPECT_LE(objective_.largest, 64);
}

TEST_F(AMemoryPlan, SaysWhatIsMissingWhereNothingFits) {
  try {
    planner_.fitting(4096, 1000);
    FAIL() << "a model in 1,000 bytes";
  } catch (const ConfigError& error) {
    EXPECT_NE(std::string(error.what()).find("--memory"), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace heed
