#include "heed/training/run.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "heed/backend/reference/reference_backend.h"
#include "heed/base/random.h"
#include "heed/base/settings_yaml.h"
#include "heed/checkpoint/model_folder.h"
#include "heed/data/examples.h"
#include "heed/model/encoder_decoder.h"
#include "heed/model/transformer_config.h"
#include "heed/ops/cross_entropy.h"
#include "heed/tasks/text_pairs/batch_loss.h"
#include "heed/tasks/translation/translation_task.h"
#include "heed/text/tokenizer.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/tensors.h"
#include "tests/support/training_witness.h"

namespace heed {
namespace {

/// To write a sequence once more. Its loss is a mean over examples; it is measured by how far the loss is
/// from what nothing could beat, and by the number of validations so far, which gets ever "worse".
class CopyObjective : public Objective {
 public:
  CopyObjective(const EncoderDecoder& model, const Examples& examples) : model_(model), examples_(examples) {}

  Loss loss(Pass& pass, const Batch& batch) const override {
    const Column& column = batch.columns.at(0);
    const Variable logits = model_(pass, tokens_of(column), decoder_inputs(column));
    return {ops::cross_entropy(logits, column.tokens, 0), static_cast<double>(batch.size())};
  }
  std::string_view loss_unit() const override { return "example"; }
  Index tokens(const Batch& batch) const override { return std::ssize(batch.columns.at(0).tokens); }
  Validation validate(Backend& backend) const override {
    const Batch batch = make_batch(examples_, plan_in_order(examples_, 1000).front());
    Pass pass = Pass::inference(backend);
    const double nats = static_cast<double>(loss(pass, batch).sum.value().data()[0]);
    ++validations_;
    return {.measures = {{.name = "nats", .title = "nats", .value = nats, .better = Better::lower},
                         {.name = "freshness", .title = "freshness", .value = -validations_}},
            .samples = {{{{"input", "a b"}, {"copy", "b a"}}}},
            .by_length = {}};
  }
  std::vector<std::string_view> measures() const override { return {"nats", "freshness"}; }
  std::string validation_fingerprint() const override { return "sixty sequences"; }
  std::vector<std::string> texts(const Batch& batch) const override {
    std::vector<std::string> all;
    for (const Index number : batch.examples) all.push_back("example " + std::to_string(number));
    return all;
  }

 private:
  const EncoderDecoder& model_;
  const Examples& examples_;
  mutable double validations_ = 0;
};

class CopyTask : public Task {
 public:
  explicit CopyTask(Index corpora = 1) : examples_(std::make_shared<Examples>(1)) {
    Random random(1);
    for (int i = 0; i < 60; ++i) {
      std::vector<Index> sequence;
      for (std::uint32_t left = 1 + random.below(4); left > 0; --left)
        sequence.push_back(special::count + random.below(3));
      sequence.push_back(special::eos);
      examples_->add({sequence});
    }
    if (corpora == 2) corpora_ = {{20, 1}, {60, 0}};
  }

  std::string_view name() const override { return "copying"; }
  std::string_view family() const override { return EncoderDecoder::family; }
  Settings settings() override { return {}; }
  Vocabularies expected_vocabularies() const override { return {7, 7, true}; }
  Vocabularies vocabularies(const TaskRun&) override { return {7, 7, true}; }
  TaskData read(const TaskRun&, const ModelSizes& sizes) override {
    longest_ = sizes.longest_sequence;
    return {.examples = examples_, .corpora = corpora_, .bucket = 2, .counts = {{"copies", {{"read", 60}}}}};
  }
  std::unique_ptr<Objective> objective(const Model& model, const TrainingConfig&) const override {
    return std::make_unique<CopyObjective>(require_family<EncoderDecoder>(model, "copying"), *examples_);
  }
  std::string card_text() const override { return "Copies sixty sequences. "; }

  Index longest_ = 0;

 private:
  std::shared_ptr<Examples> examples_;
  std::vector<WeightedCorpus> corpora_;
};

/// One that has its own wishes for how it trains, and of what models.
class PickyTask : public CopyTask {
 public:
  void set_defaults(TrainingConfig& training, ModelOptions& model) const override {
    training.updates = 3;
    model.set_default("tying", Tying::none).set_default("norm", NormOrder::pre).set_default("width", 24);
  }
};

/// One that writes down what it is asked, and refuses what it is told to.
class WatchfulTask : public CopyTask {
 public:
  std::string_view name() const override { return "watching"; }
  std::vector<std::string_view> trains_further() const override { return {"watching", "copying"}; }
  void check_data() override {
    asked += "data ";
    require<ConfigError>(!refuses_data, "these files do not go together");
  }
  void check(const ModelConfig& model) const override {
    asked += message("width ", model.value<Index>("width").value_or(0), " ");
    require<ConfigError>(!refuses_model, "no model will do");
  }
  Vocabularies vocabularies(const TaskRun& run) override {
    asked += "vocabularies";
    return CopyTask::vocabularies(run);
  }

  mutable std::string asked;
  bool refuses_data = false, refuses_model = false;
};

/// A run of a task that is no translation.
class ARunOfAnotherTask : public WithFolder {
 protected:
  ARunOfAnotherTask() {
    options_.model.set("width", 8).set("hidden", 8).set("heads", 1);
    options_.model.set("encoder_layers", 1).set("decoder_layers", 1).set("dropout", 0.1);
    TrainingConfig& training = options_.training;
    training.batch_tokens = 40, training.updates = 8, training.validate_every = 2,
    training.average_checkpoints = 0;
    training.warmup = 2, training.learning_rate = 0.01, training.precision = TrainingPrecision::float32;
  }
  TrainingOutcome train(Task& task, const std::filesystem::path& folder, Index stop_at = -1) {
    told_ = {};
    return heed::train(task, options_, RunFolder(folder), reference_backend(), told_,
                       told_.stops_after(stop_at));
  }
  TrainingOutcome train(const std::filesystem::path& folder, Index stop_at = -1) {
    CopyTask task;
    return train(task, folder, stop_at);
  }

  TrainingOptions options_;
  Witness told_;
};

TEST_F(ARunOfAnotherTask, tells_its_task_its_data_and_its_measures) {
  const TrainingOutcome outcome = train(folder_);
  EXPECT_EQ(told_.start->task, "copying");
  ASSERT_EQ(told_.start->data.size(), 1u);
  EXPECT_EQ(told_.start->data[0].name, "copies");
  EXPECT_EQ(told_.start->loss_unit, "example");
  EXPECT_EQ(load_task(folder_), "copying");
  ASSERT_EQ(told_.validations.size(), 4u);
  EXPECT_EQ(told_.validations[0].result.samples[0].parts[1].first, "copy");
  const std::string card = read_file(folder_ / "model_card.md");
  EXPECT_NE(card.find("Copies sixty sequences."), std::string::npos) << card;
  EXPECT_NE(card.find("nats"), std::string::npos) << card;
  EXPECT_EQ(outcome.state.update, 8);
}

TEST_F(ARunOfAnotherTask, reports_losses_in_the_mean_of_what_the_objective_counts) {
  train(folder_);
  for (const UpdateReport& update : told_.updates) {
    EXPECT_EQ(update.loss_count, static_cast<double>(update.examples));
    EXPECT_EQ(update.tokens, update.rows);  // of its one column
    EXPECT_GT(update.tokens, update.examples);
    EXPECT_GT(update.loss, 0);
  }
}

TEST_F(ARunOfAnotherTask, is_decided_by_its_first_measure_downwards_or_by_another_upwards) {
  TrainingOutcome outcome = train(folder_ / "nats");
  double least = 1e9;
  for (const ValidationReport& report : told_.validations)
    least = std::min(least, report.result.value("nats"));
  EXPECT_EQ(outcome.state.best, least);
  options_.training.metric = "freshness";
  outcome = train(folder_ / "freshness");
  EXPECT_EQ(outcome.state.best_update, 2);
  EXPECT_EQ(outcome.state.best, -1);
}

TEST_F(ARunOfAnotherTask, goes_on_to_the_same_bytes) {
  train(folder_ / "unbroken");
  train(folder_ / "broken", 5);
  train(folder_ / "broken");
  EXPECT_EQ(read_file(folder_ / "broken/model.safetensors"),
            read_file(folder_ / "unbroken/model.safetensors"));
}

TEST_F(ARunOfAnotherTask, refuses_a_folder_of_a_translator_and_the_other_way_round) {
  train(folder_, 5);
  TranslationTask translation({}, CorpusSources{});
  EXPECT_EQ(message_of<ConfigError>([&] { train(translation, folder_); }),
            folder_.string() +
                ": the run is of the task copying, now translation is asked for; train in another folder");
}

TEST_F(ARunOfAnotherTask, tells_an_update_that_is_not_finite_with_its_examples) {
  options_.training.learning_rate = 1e30, options_.training.warmup = 0, options_.training.rollbacks = 0;
  options_.training.skips_in_a_row = 2;
  EXPECT_THROW(train(folder_), DivergenceError);
  ASSERT_FALSE(told_.skips.empty());
  ASSERT_FALSE(told_.skips[0].examples.empty());
  EXPECT_TRUE(told_.skips[0].examples[0].starts_with("example ")) << told_.skips[0].examples[0];
}

TEST_F(ARunOfAnotherTask, makes_the_model_that_the_task_prefers_where_no_other_is_asked_for) {
  PickyTask task;
  const TrainingOptions preferred = default_options(task);
  EXPECT_EQ(preferred.training.updates, 3);
  ModelOptions asked = preferred.model;
  asked.set("heads", 1).set("hidden", 8).set("encoder_layers", 1).set("decoder_layers", 1);
  options_.model = asked.set("norm", NormOrder::post);
  train(task, folder_ / "model");
  const auto config = load_config(folder_ / "model").as<TransformerConfig>();
  EXPECT_EQ(config.tying, Tying::none);
  EXPECT_EQ(config.width, 24);
  EXPECT_EQ(config.norm, NormOrder::post);
}

TEST_F(ARunOfAnotherTask, trains_a_model_further_that_is_not_as_the_task_prefers) {
  train(folder_ / "model");
  PickyTask task;
  options_.model = default_options(task).model;
  options_.start.from = folder_ / "model";
  train(task, folder_ / "further", 2);
  train(task, folder_ / "further");
  EXPECT_EQ(load_config(folder_ / "further").as<TransformerConfig>().width, 8);
}

TEST_F(ARunOfAnotherTask, checks_data_and_model_once_before_anything_else_whatever_it_starts_from) {
  const std::string expected = "data width 8 vocabularies";
  WatchfulTask begun, resumed, further, further_resumed;
  train(begun, folder_ / "model", 3);
  EXPECT_EQ(begun.asked, expected);
  train(resumed, folder_ / "model");
  EXPECT_EQ(resumed.asked, expected);
  options_.model = ModelOptions();  // of another width
  options_.start.from = folder_ / "model";
  train(further, folder_ / "further", 3);
  EXPECT_EQ(further.asked, expected);
  std::filesystem::remove_all(folder_ / "model");
  train(further_resumed, folder_ / "further");
  EXPECT_EQ(further_resumed.asked, expected);
}

TEST_F(ARunOfAnotherTask, leaves_no_folder_where_data_or_model_are_refused) {
  for (const bool further : {false, true}) {
    if (further) {
      train(folder_ / "model", 3);
      options_.model = ModelOptions(), options_.start.from = folder_ / "model";
    }
    WatchfulTask data, model;
    data.refuses_data = model.refuses_model = true;
    EXPECT_EQ(message_of<DataOptionsError>([&] { train(data, folder_ / "refused"); }),
              "these files do not go together");
    EXPECT_EQ(message_of<ConfigError>([&] { train(model, folder_ / "refused"); }), "no model will do");
    EXPECT_FALSE(std::filesystem::exists(folder_ / "refused"));
  }
}

TEST_F(ARunOfAnotherTask, trains_models_of_the_tasks_that_it_names_further_and_no_others) {
  train(folder_ / "copying", 3);
  options_.model = ModelOptions();
  options_.start.from = folder_ / "copying";
  WatchfulTask watching;
  EXPECT_EQ(train(watching, folder_ / "watching").state.update, 8);
  options_.start.from = folder_ / "watching";
  CopyTask copying;
  EXPECT_EQ(message_of<ConfigError>([&] { train(copying, folder_ / "refused"); }),
            (folder_ / "watching").string() +
                ": the model is for watching, but copying starts from models for copying; choose another "
                "--from, or --task watching");
  EXPECT_FALSE(std::filesystem::exists(folder_ / "refused"));
}

TEST_F(ARunOfAnotherTask, reads_its_data_for_the_sizes_of_the_model_and_weighs_its_corpora) {
  options_.model.set("maximum_positions", 50);
  options_.training.epochs = 1, options_.training.updates = 1000;
  CopyTask task(2);
  train(task, folder_);
  EXPECT_EQ(task.longest_, 50);
  Index examples = 0;
  for (const UpdateReport& update : told_.updates) examples += update.examples;
  EXPECT_EQ(examples, 20);
}

TEST(FormerSettings, are_passed_over_where_a_task_has_no_use_for_them_and_read_where_it_has) {
  const std::string file = "validation_beam: 4\njoint_vocabulary: false\nwarmup: 7\n";
  TrainingOptions options;
  CopyTask copying;
  set_from_yaml_text(with_former_settings(settings_of(copying, options)), file, "options");
  EXPECT_EQ(options.training.warmup, 7);
  EXPECT_THROW(set_from_yaml_text(settings_of(copying, options), file, "options"), ConfigError);
  TranslationTask translation;
  set_from_yaml_text(with_former_settings(settings_of(translation, options)), file, "options");
  const Settings now = settings_of(translation, options);
  EXPECT_EQ(as_index(find_setting(now, "validation_beam", "now").get()), 4);
}

}  // namespace
}  // namespace heed
