#include "heed/training/run.h"

#include <gtest/gtest.h>

#include "heed/base/parallel.h"
#include "heed/base/settings_yaml.h"
#include "heed/model/transformer_config.h"
#include "tests/support/tensors.h"
#include "tests/training/tiny_run.h"

namespace heed {
namespace {

class TrainingRun : public WithFolder {
 protected:
  /// A run from the first update to the last.
  std::string unbroken(const RunOptions& options) const {
    train_tiny(folder_ / "unbroken", options);
    return model_bytes(folder_ / "unbroken");
  }
};

TEST_F(TrainingRun, learns) {
  RunOptions options = tiny_options();
  options.model.set("width", 32).set("hidden", 64).set("dropout", 0.0);
  options.training.gradient_accumulation = 1, options.training.moving_average = 0;
  options.training.batch_tokens = 200;
  options.training.updates = 500, options.training.validate_every = 250, options.training.warmup = 20;
  options.training.label_smoothing = 0;
  Witness witness;
  const TrainingOutcome outcome = train_tiny(folder_, options, witness);
  // To begin with all 16 words are equally likely.
  EXPECT_GT(witness.updates.front().loss, 2);
  EXPECT_LT(witness.updates.back().loss, 0.2);
  EXPECT_LT(outcome.final.value("loss"), 1);
  EXPECT_GT(outcome.final.value("bleu"), 50);
  EXPECT_EQ(outcome.state.update, 500);
  EXPECT_EQ(std::ssize(witness.validations), 2);
}

TEST_F(TrainingRun, gives_the_same_bytes_for_the_same_seed_and_others_for_another) {
  RunOptions options = tiny_options();
  const std::string first = unbroken(options);
  train_tiny(folder_ / "again", options);
  EXPECT_EQ(model_bytes(folder_ / "again"), first);
  options.training.seed = 2;
  train_tiny(folder_ / "other", options);
  EXPECT_NE(model_bytes(folder_ / "other"), first);
}

TEST_F(TrainingRun, gives_the_same_bytes_for_any_number_of_threads) {
  RunOptions options = tiny_options();
  // Large enough that loops are divided.
  options.model.set("width", 128).set("hidden", 512);
  options.training.batch_tokens = 800;
  const int before = thread_count();
  std::vector<std::string> models;
  for (const int threads : {1, 2, 3}) {
    set_thread_count(threads);
    train_tiny(folder_ / std::to_string(threads), options);
    models.push_back(model_bytes(folder_ / std::to_string(threads)));
  }
  set_thread_count(before);
  EXPECT_EQ(models[0], models[1]);
  EXPECT_EQ(models[0], models[2]);
}

TEST_F(TrainingRun, interrupted_at_any_update_goes_on_to_the_same_bytes) {
  const RunOptions options = tiny_options();
  const std::string expected = unbroken(options);
  for (Index stop = 1; stop <= options.training.updates; ++stop) {
    const auto folder = folder_ / std::to_string(stop);
    const TrainingOutcome stopped = train_tiny(folder, options, stop);
    ASSERT_EQ(stopped.end, TrainingEnd::interrupted);
    EXPECT_EQ(stopped.state.update, stop);
    EXPECT_FALSE(RunFolder(folder).read_state().finished);
    Witness witness;
    EXPECT_EQ(train_tiny(folder, options, witness).end, TrainingEnd::limit);
    EXPECT_EQ(std::ssize(witness.updates), options.training.updates - stop);
    EXPECT_EQ(model_bytes(folder), expected) << "stopped after update " << stop;
  }
}

TEST_F(TrainingRun, interrupted_between_two_batches_of_an_update_goes_on_to_the_same_bytes) {
  RunOptions options = tiny_options();
  options.training.gradient_accumulation = 3, options.training.updates = 6;
  const std::string expected = unbroken(options);
  // It is asked before each update and before each batch but the first.
  for (int batches = 1; batches <= 18; ++batches) {
    const auto folder = folder_ / std::to_string(batches);
    Witness witness;
    int asked = 0;
    const TrainingOutcome stopped = train_model(tiny_corpora(), options, RunFolder(folder), cpu_backend(),
                                                witness, [&] { return ++asked > batches; });
    ASSERT_EQ(stopped.end, TrainingEnd::interrupted);
    EXPECT_EQ(stopped.state.update, batches / 3);
    train_tiny(folder, options);
    EXPECT_EQ(model_bytes(folder), expected) << "stopped after " << batches << " batches";
  }
}

TEST_F(TrainingRun, interrupted_again_and_again_goes_on_to_the_same_bytes) {
  int ends_of_epochs = 0;
  RunOptions options = tiny_options();
  options.training.gradient_accumulation = 1,
  options.training.updates = 20;  // stops at the ends of epochs, too
  for (Index stop = 1; stop <= options.training.updates; ++stop) {
    const RunState state = train_tiny(folder_, options, stop).state;
    ends_of_epochs += state.batch == 0;
  }
  EXPECT_GE(ends_of_epochs, 1);
  train_tiny(folder_, options);
  const std::string broken = model_bytes(folder_);
  EXPECT_EQ(broken, unbroken(options));
}

TEST_F(TrainingRun, killed_after_any_update_goes_on_to_the_same_bytes) {
  const RunOptions options = tiny_options();
  const std::string expected = unbroken(options);
  for (Index update = 1; update <= options.training.updates; ++update) {
    const auto folder = folder_ / std::to_string(update);
    train_tiny_killed_after(update, folder, options);
    EXPECT_EQ(RunFolder(folder).read_state().update, (update - 1) / 3 * 3);  // of the last validation
    train_tiny(folder, options);
    EXPECT_EQ(model_bytes(folder), expected) << "killed after update " << update;
  }
}

TEST_F(TrainingRun, killed_again_and_again_goes_on_to_the_same_bytes) {
  RunOptions options = tiny_options();
  options.training.updates = 20, options.training.patience = 2, options.training.learning_rate = 0.03;
  const std::string expected = unbroken(options);
  options.training.save_minutes = 1e-9;  // after every update
  for (Index update = 1; update < RunFolder(folder_ / "unbroken").read_state().update; ++update)
    train_tiny_killed_after(update, folder_ / "killed", options);
  train_tiny(folder_ / "killed", options);
  EXPECT_EQ(model_bytes(folder_ / "killed"), expected);
}

TEST_F(TrainingRun, killed_before_its_first_state_begins_anew) {
  const RunOptions options = tiny_options();
  train_tiny_killed_after(1, folder_, options);
  for (const SavedState& saved : RunFolder(folder_).states().found([](const auto&, const auto&) {}))
    std::filesystem::remove(saved.file);
  EXPECT_FALSE(RunFolder(folder_).holds_run());
  EXPECT_TRUE(RunFolder(folder_).was_begun());
  train_tiny(folder_, options);
  const std::string killed = model_bytes(folder_);
  EXPECT_EQ(killed, unbroken(options));
}

TEST_F(TrainingRun, keeps_the_states_of_the_last_two_validations) {
  const RunOptions options = tiny_options();
  train_tiny_killed_after(2, folder_, options);
  EXPECT_EQ(state_names(folder_), "state-00000000.safetensors ");
  train_tiny_killed_after(7, folder_, options);
  EXPECT_EQ(state_names(folder_), "state-00000003.safetensors state-00000006.safetensors ");
  train_tiny(folder_, options, 7);
  EXPECT_EQ(state_names(folder_), "state-00000003.safetensors state-00000006.safetensors state.safetensors ");
  train_tiny(folder_, options);
  EXPECT_EQ(state_names(folder_), "state-00000006.safetensors state-00000008.safetensors ");
}

TEST_F(TrainingRun, goes_on_from_the_state_before_a_damaged_one_to_the_same_bytes) {
  const RunOptions options = tiny_options();
  const std::string expected = unbroken(options);
  for (const char* part : {"header", "tensors", "length"}) {
    const auto folder = folder_ / part;
    train_tiny_killed_after(7, folder, options);
    const auto newest = folder / "training/state-00000006.safetensors";
    std::string bytes = read_file(newest);
    if (part == std::string("header")) bytes[bytes.find("\\\"epoch\\\":") + 10] ^= 1;
    if (part == std::string("tensors")) bytes[bytes.size() / 2] ^= 1;
    if (part == std::string("length")) bytes.resize(bytes.size() - 1);
    write_file(newest, bytes);
    Witness witness;
    train_tiny(folder, options, witness);
    EXPECT_EQ(witness.updates.front().update, 4) << part;
    ASSERT_EQ(witness.damages.size(), 1u) << part;
    EXPECT_NE(witness.damages[0].find("state-00000006.safetensors: "), std::string::npos)
        << witness.damages[0];
    EXPECT_NE(witness.damages[0].find("resuming from the state of update 3; the file is kept as " +
                                      newest.string() + ".damaged"),
              std::string::npos)
        << witness.damages[0];
    EXPECT_EQ(model_bytes(folder), expected) << part;
  }
}

TEST_F(TrainingRun, says_so_if_all_its_states_are_damaged) {
  const RunOptions options = tiny_options();
  train_tiny_killed_after(7, folder_, options);
  for (const SavedState& saved : RunFolder(folder_).states().found([](const auto&, const auto&) {})) {
    std::string bytes = read_file(saved.file);
    bytes[bytes.size() / 2] ^= 1;
    write_file(saved.file, bytes);
  }
  const std::string error = message_of<CheckpointError>([&] { train_tiny(folder_, options); });
  EXPECT_NE(error.find("state-00000006.safetensors: is damaged"), std::string::npos) << error;
  EXPECT_NE(error.find("training/state*.safetensors to start over"), std::string::npos) << error;
  EXPECT_EQ(state_names(folder_), "state-00000003.safetensors state-00000006.safetensors ");
}

TEST_F(TrainingRun, ends_without_what_is_damaged_of_its_best_and_its_checkpoints) {
  const RunOptions options = tiny_options();
  train_tiny(folder_, options, 7);
  for (const auto& file : {RunFolder(folder_).model_file(), RunFolder(folder_).saved_weights().front()}) {
    std::string bytes = read_file(file);
    bytes[bytes.size() - 9] ^= 1;
    write_file(file, bytes);
  }
  Witness witness;
  RunOptions worse = options;
  worse.training.learning_rate = 5.0;  // no better one comes
  const TrainingOutcome outcome = train_tiny(folder_, worse, witness);
  EXPECT_EQ(outcome.unsaved, "");
  ASSERT_EQ(witness.damages.size(), 2u);
  EXPECT_NE(witness.damages[0].find("the last weights become the model"), std::string::npos);
  EXPECT_NE(witness.damages[1].find("the average is made without it"), std::string::npos);
  EXPECT_NO_THROW(load_model(folder_, ParameterStore::Purpose::inference));
}

TEST_F(TrainingRun, does_not_average_what_an_earlier_run_left) {
  RunOptions options = tiny_options();
  options.model.set("width", 32);
  options.training.validate_every = 4;
  train_tiny(folder_, options);
  for (const SavedState& saved : RunFolder(folder_).states().found([](const auto&, const auto&) {}))
    std::filesystem::remove(saved.file);
  options = tiny_options();
  train_tiny(folder_, options);
  const std::string anew = model_bytes(folder_);
  EXPECT_EQ(anew, unbroken(options));
}

TEST_F(TrainingRun, tells_its_observer_how_each_part_ended) {
  const RunOptions options = tiny_options();
  Witness first, second;
  train_model(tiny_corpora(), options, RunFolder(folder_), cpu_backend(), first, first.stops_after(2));
  train_tiny(folder_, options, second);
  EXPECT_EQ(first.ends, std::vector{TrainingEnd::interrupted});
  EXPECT_EQ(second.ends, std::vector{TrainingEnd::limit});
}

TEST_F(TrainingRun, ends_after_so_many_epochs) {
  RunOptions options = tiny_options();
  options.training.updates = 1000, options.training.epochs = 2, options.training.gradient_accumulation = 1;
  Witness witness;
  const TrainingOutcome outcome = train_tiny(folder_, options, witness);
  EXPECT_EQ(outcome.end, TrainingEnd::limit);
  EXPECT_EQ(outcome.state.epoch, 2);
  EXPECT_EQ(outcome.state.batch, 0);
  Index examples = 0;
  for (const UpdateReport& update : witness.updates) examples += update.examples;
  EXPECT_EQ(examples, 2 * 120);
}

TEST_F(TrainingRun, ends_after_so_many_minutes_earlier_parts_counted) {
  RunOptions options = tiny_options();
  options.training.updates = 1000000;
  const TrainingOutcome first = train_tiny(folder_, options, 1);
  options.training.minutes = first.state.seconds / 60;
  Witness witness;
  EXPECT_EQ(train_tiny(folder_, options, witness).end, TrainingEnd::limit);
  EXPECT_TRUE(witness.updates.empty());
  EXPECT_TRUE(std::filesystem::exists(folder_ / "model.safetensors"));
}

TEST_F(TrainingRun, ends_when_nothing_gets_better) {
  RunOptions options = tiny_options();
  options.training.learning_rate = 0.0, options.training.validate_every = 2, options.training.patience = 2;
  options.training.updates = 1000;
  const TrainingOutcome outcome = train_tiny(folder_, options);
  EXPECT_EQ(outcome.end, TrainingEnd::converged);
  EXPECT_EQ(outcome.state.update, 6);
  EXPECT_EQ(outcome.state.best_update, 2);
}

TEST_F(TrainingRun, ends_as_soon_as_the_metric_that_decides_is_good_enough) {
  RunOptions options = tiny_options();
  options.training.updates = 1000, options.training.validate_every = 3, options.training.metric = "loss";
  Witness witness;
  train_tiny(folder_ / "before", options, witness, 12);
  const double loss = witness.validations[2].result.value("loss");  // of update 9
  options.training.stop_at = loss;
  const TrainingOutcome outcome = train_tiny(folder_ / "model", options);
  EXPECT_EQ(outcome.end, TrainingEnd::reached);
  EXPECT_LE(outcome.final.value("loss"), loss);
  EXPECT_LE(outcome.state.update, 9);
  EXPECT_TRUE(RunFolder(folder_ / "model").read_state().finished);
  options.training.stop_at = std::nullopt;
  EXPECT_EQ(train_tiny(folder_ / "model", options, 12).state.update, 12) << "without it the run goes on";
}

TEST_F(TrainingRun, keeps_the_best_by_the_metric_that_decides) {
  for (const std::string metric : {"loss", "bleu", "chrf"}) {
    RunOptions options = tiny_options();
    options.training.metric = metric, options.training.average_checkpoints = 0,
    options.training.validate_every = 1;
    Witness witness;
    const TrainingOutcome outcome = train_tiny(folder_ / metric, options, witness);
    std::vector<double> values;
    for (const ValidationReport& validation : witness.validations)
      values.push_back(validation.result.value(metric));
    EXPECT_EQ(outcome.state.best, metric == "loss" ? std::ranges::min(values) : std::ranges::max(values))
        << metric;
  }
}

TEST_F(TrainingRun, decides_by_the_first_measure_of_the_objective_unless_another_is_asked_for) {
  RunOptions options = tiny_options();
  options.training.metric = std::nullopt, options.training.average_checkpoints = 0,
  options.training.validate_every = 1;
  Witness witness;
  const TrainingOutcome outcome = train_tiny(folder_, options, witness);
  double best = -1;
  for (const ValidationReport& validation : witness.validations)
    best = std::max(best, validation.result.value("bleu"));
  EXPECT_EQ(outcome.state.best, best);
}

TEST_F(TrainingRun, refuses_a_metric_that_the_objective_does_not_have) {
  RunOptions options = tiny_options();
  options.training.metric = "accuracy";
  const std::string error = message_of<ConfigError>([&] { train_tiny(folder_, options); });
  EXPECT_NE(error.find("metric accuracy"), std::string::npos) << error;
  EXPECT_NE(error.find("bleu, chrf, exact_match, loss"), std::string::npos) << error;
}

TEST_F(TrainingRun, ends_with_the_average_where_that_is_better) {
  RunOptions options = tiny_options();
  options.training.moving_average = 0, options.training.average_checkpoints = 3;
  options.training.updates = 200, options.training.validate_every = 200;
  train_tiny(folder_ / "good", options);

  // A run that learns nothing, but for checkpoints that somebody else learned.
  options.training.learning_rate = 0.0, options.training.updates = 9, options.training.validate_every = 3;
  const RunFolder poor(folder_ / "poor");
  const double before = train_tiny(poor.path(), options, 7).state.best;
  for (const auto& checkpoint : poor.saved_weights()) write_file(checkpoint, model_bytes(folder_ / "good"));
  Witness witness;
  const TrainingOutcome outcome = train_tiny(poor.path(), options, witness);
  EXPECT_NE(witness.notes.find("it becomes the model"), std::string::npos) << witness.notes;
  EXPECT_LT(outcome.final.value("loss"), before);
  EXPECT_EQ(outcome.state.best, outcome.final.value("loss"));

  const auto kept = load_model(poor.path(), ParameterStore::Purpose::training),
             mean = load_model(poor.path(), ParameterStore::Purpose::training);
  RunFolder::load_mean(poor.saved_weights(), mean->store());
  for (std::size_t p = 0; p < mean->store().parameters().size(); ++p)
    EXPECT_EQ(numbers_of(kept->store().parameters()[p].variable.value()),
              numbers_of(mean->store().parameters()[p].variable.value()));
}

TEST_F(TrainingRun, keeps_the_best_where_the_average_is_worse) {
  RunOptions options = tiny_options();
  options.training.moving_average = 0, options.training.average_checkpoints = 3;
  options.training.updates = 60, options.training.validate_every = 20;
  Witness witness;
  const TrainingOutcome outcome = train_tiny(folder_, options, witness);
  ASSERT_NE(witness.notes.find("the best single one, of update 60, stays"), std::string::npos)
      << witness.notes;
  EXPECT_EQ(model_bytes(folder_), read_file(RunFolder(folder_).saved_weights().back()));
  EXPECT_EQ(outcome.final.value("loss"), witness.validations.back().result.value("loss"));
}

TEST_F(TrainingRun, validates_and_keeps_the_moving_average) {
  RunOptions options = tiny_options();
  options.training.validate_every = 100, options.training.average_checkpoints = 0;
  train_tiny(folder_, options);
  const SafetensorsFile state(folder_ / "training/state-00000008.safetensors"),
      model(folder_ / "model.safetensors");
  for (const auto& [name, tensor] : model.tensors()) {
    EXPECT_EQ(numbers_of(tensor), numbers_of(state.tensor("average/" + name))) << name;
    EXPECT_NE(numbers_of(tensor), numbers_of(state.tensor("parameter/" + name))) << name;
  }
}

TEST_F(TrainingRun, writes_a_card_with_its_figures_and_options) {
  const TrainingOutcome outcome = train_tiny(folder_, tiny_options());
  const std::string card = read_file(folder_ / "model_card.md");
  EXPECT_NE(card.find("1+1 layers, width 16"), std::string::npos) << card;
  EXPECT_NE(card.find("for 8 updates"), std::string::npos) << card;
  EXPECT_NE(card.find("validate_every: 3"), std::string::npos) << card;
  EXPECT_NE(card.find(outcome.final.samples.front().parts.front().second), std::string::npos) << card;
}

class GoingOn : public TrainingRun {
 protected:
  void SetUp() override { train_tiny(folder_, tiny_options(), 4); }

  /// What is said to options that the run cannot go on with; they are not remembered.
  std::string complaint(const RunOptions& options) const {
    const std::string saved = read_file(RunFolder(folder_).options_file());
    const std::string text = message_of<ConfigError>([&] { train_tiny(folder_, options); });
    EXPECT_EQ(read_file(RunFolder(folder_).options_file()), saved);
    return text;
  }
};

TEST_F(GoingOn, refuses_other_sizes) {
  RunOptions options = tiny_options();
  options.model.set("hidden", 64);
  EXPECT_EQ(complaint(options),
            folder_.string() +
                ": the run began with hidden 32, now 64 is asked for; a model cannot change "
                "while it is trained: omit it, or train in another folder");
}

TEST_F(GoingOn, refuses_another_tokenizer) {
  RunOptions options = tiny_options();
  options.tokenizer.vocabulary_size = 10;
  EXPECT_NE(complaint(options).find("the run began with vocabulary_size nothing, now 10 is asked for"),
            std::string::npos);
}

TEST_F(GoingOn, takes_another_dropout) {
  RunOptions options = tiny_options();
  options.model.set("dropout", 0.25);
  train_tiny(folder_, options);
  EXPECT_EQ(load_config(folder_).as<TransformerConfig>().dropout, 0.25);
}

TEST_F(GoingOn, takes_another_batch_size_and_says_that_the_epoch_begins_anew) {
  RunOptions options = tiny_options();
  options.training.batch_tokens = 300;
  Witness witness;
  const TrainingOutcome outcome = train_tiny(folder_, options, witness);
  EXPECT_EQ(outcome.state.update, 8);
  EXPECT_EQ(witness.updates.front().batch, 2);  // two batches make an update
  EXPECT_NE(witness.notes.find("(another corpus or batch size): it begins anew"), std::string::npos)
      << witness.notes;
}

/// What a run's options begin with.
struct TaskName {
  std::string task;

  static constexpr auto fields() {
    return std::tuple(field("task", &TaskName::task, "what the model is for"));
  }
};

TEST_F(GoingOn, remembers_the_options_that_it_went_on_with) {
  RunOptions options = tiny_options();
  options.training.updates = 5, options.training.label_smoothing = 0.2;
  train_tiny(folder_, options);
  TranslationTask task;
  TrainingOptions saved;
  TaskName name;
  Settings all = settings_of(name);
  for (const Setting& setting : settings_of(task, saved)) all.push_back(setting);
  set_from_yaml_file(all, RunFolder(folder_).options_file());
  EXPECT_EQ(name.task, "translation");
  EXPECT_EQ(saved.training.updates, 5);
  EXPECT_EQ(saved.training.label_smoothing, 0.2);
  EXPECT_EQ(saved.model.config({.inputs = 9, .outputs = 9, .joint = true}).as<TransformerConfig>().width, 16);
}

TEST_F(GoingOn, refuses_while_another_program_trains_there) {
  const FolderLock lock = RunFolder(folder_).lock();
  EXPECT_THROW(train_tiny(folder_, tiny_options()), FileError);
}

TEST_F(GoingOn, further_than_its_end_keeps_a_model_that_is_no_worse) {
  RunOptions options = tiny_options();
  const double first = train_tiny(folder_, options).final.value("loss");
  EXPECT_TRUE(RunFolder(folder_).read_state().finished);
  options.training.updates = 9;
  options.training.learning_rate = 1.0;  // ruins the weights
  const TrainingOutcome further = train_tiny(folder_, options);
  EXPECT_EQ(further.state.update, 9);
  EXPECT_LE(further.final.value("loss"), first);
}

TEST_F(TrainingRun, refuses_corpora_without_a_pair) {
  Witness witness;
  const auto run = [&](Corpora corpora) {
    return message_of<DataError>([&] {
      train_model(std::move(corpora), tiny_options(), RunFolder(folder_), cpu_backend(), witness,
                  [] { return false; });
    });
  };
  EXPECT_EQ(run({}), "training: the corpus has no sentence pair to learn from (0 read)");
  EXPECT_NE(
      run({.training = reversed_letters(3, 1), .validation = {}}).find("no sentence pair to validate on"),
      std::string::npos);
}

}  // namespace
}  // namespace heed
