#include "heed/tasks/text_classification/text_classification_task.h"

#include "heed/bag_of_words/bag_training.h"
#include "heed/base/parallel.h"
#include "heed/service/network_classifier.h"
#include "heed/tasks/classification/split_of_run.h"
#include "heed/training/run.h"
#include "tests/support/backends.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/tensors.h"
#include "tests/support/training_witness.h"
#include "tests/tasks/text_classification/negations.h"

namespace heed {
namespace {

class TextClassification : public WithFolder {
 protected:
  TrainingOutcome run(TrainingOptions options, const std::filesystem::path& folder, Witness& witness,
                      Index stop_at = -1, const TextClassificationOptions& text = word_dropout_of(0.3),
                      const LabeledTexts& texts = negations()) const {
    TextClassificationTask task(text, texts);
    return train(task, options, RunFolder(folder), cpu_backend(), witness, witness.stops_after(stop_at));
  }
  TrainingOutcome run(const TrainingOptions& options, const std::filesystem::path& folder,
                      Index stop_at = -1) const {
    Witness witness;
    return run(options, folder, witness, stop_at);
  }
  std::string refused(const LabeledTexts& texts, const TextClassificationOptions& options = {}) const {
    Witness witness;
    return message_of<Error>([&] { run(quick_run(), folder_ / "refused", witness, -1, options, texts); });
  }
};

struct Kind {
  std::string architecture;
  Pooling pooling;
  bool bidirectional = true;
};

class EveryTextClassifier : public TextClassification, public testing::WithParamInterface<Kind> {};
INSTANTIATE_TEST_SUITE_P(Kinds, EveryTextClassifier,
                         testing::Values(Kind{"transformer", Pooling::max},
                                         Kind{"transformer", Pooling::mean}, Kind{"rnn", Pooling::max},
                                         Kind{"gru", Pooling::mean}, Kind{"lstm", Pooling::last},
                                         Kind{"lstm", Pooling::last, false}),
                         [](const auto& kind) {
                           return kind.param.architecture + "_" + std::string(enum_name(kind.param.pooling)) +
                                  (kind.param.bidirectional ? "" : "_forwards");
                         });

TEST_P(EveryTextClassifier, learns_what_takes_the_order_of_words_in_texts_that_it_has_not_seen) {
  TrainingOptions options = small_run(GetParam().architecture, GetParam().pooling);
  if (!GetParam().bidirectional) options.model.set("bidirectional", false);
  Witness witness;
  const TrainingOutcome outcome = run(options, folder_, witness, -1, word_dropout_of(0));
  EXPECT_GE(outcome.final.value("accuracy"), 95) << "of pairs of words that were not learned from";
  EXPECT_EQ(evaluate(NetworkClassifier(folder_, cpu_backend()), *negations().validation).accuracy(),
            outcome.final.value("accuracy") / 100);
}

TEST(BagsOfWords, cannot_tell_what_takes_the_order_of_words) {
  const LabeledTexts texts = negations();
  EXPECT_EQ(train_bag(texts.training, *texts.validation, {.content = BagContent::unigrams}).best.accuracy,
            0.5);
}

TEST_F(TextClassification, interrupted_or_killed_after_any_update_goes_on_to_the_same_bytes) {
  expect_same_bytes_however_disturbed(
      folder_,
      [&](const auto& folder, Witness& witness, Index stop_at) {
        return run(quick_run(), folder, witness, stop_at);
      },
      3);
}

TEST_F(TextClassification, gives_the_same_bytes_on_any_number_of_threads_and_others_for_another_seed) {
  const int before = thread_count();
  for (const std::string architecture : {"transformer", "gru"}) {
    std::vector<std::string> models;
    for (const int threads : {1, 2, 5}) {
      set_thread_count(threads);
      run(quick_run(architecture), folder_ / (architecture + std::to_string(threads)));
      models.push_back(model_bytes(folder_ / (architecture + std::to_string(threads))));
    }
    EXPECT_EQ(models[0], models[1]);
    EXPECT_EQ(models[0], models[2]);
    TrainingOptions other = quick_run(architecture);
    other.training.seed = 2;
    run(other, folder_ / (architecture + "other"));
    EXPECT_NE(model_bytes(folder_ / (architecture + "other")), models[0]);
  }
  set_thread_count(before);
}

TEST_F(TextClassification, validates_at_the_end_of_every_epoch) {
  TrainingOptions options = quick_run();
  options.training.epochs = 4;
  for (const Index accumulation : {1, 3}) {  // updates that reach into the next epoch
    options.training.gradient_accumulation = accumulation;
    Witness witness;
    run(options, folder_ / std::to_string(accumulation), witness);
    std::vector<Index> epochs;
    for (const ValidationReport& report : witness.validations) epochs.push_back(report.epoch);
    EXPECT_EQ(epochs, (std::vector<Index>{1, 2, 3, 4})) << accumulation;
  }
}

TEST_F(TextClassification, counts_tokens_of_texts_for_its_speed_and_texts_for_its_loss) {
  Witness witness;
  run(quick_run(), folder_, witness);
  ASSERT_FALSE(witness.updates.empty());
  for (const UpdateReport& update : witness.updates) {
    EXPECT_EQ(update.loss_count, static_cast<double>(update.examples));
    EXPECT_EQ(update.tokens, update.rows - update.examples);  // of which each class is one
    EXPECT_GT(update.tokens, 3 * update.examples);
  }
}

TEST_F(TextClassification, stops_when_nothing_gets_better_and_keeps_the_best) {
  TrainingOptions options = small_run("transformer");
  options.training.patience = 3;
  options.training.epochs = 1000;
  Witness witness;
  const TrainingOutcome outcome = run(options, folder_, witness);
  EXPECT_EQ(outcome.end, TrainingEnd::converged);
  double best = 0;
  for (const ValidationReport& report : witness.validations)
    best = std::max(best, report.result.value("accuracy"));
  EXPECT_EQ(outcome.final.value("accuracy"), best);
}

TEST_F(TextClassification, holds_texts_out_by_the_seed_where_none_to_validate_on_are_given) {
  LabeledTexts texts = negations();
  texts.validation.reset();
  TextClassificationOptions options = word_dropout_of(0.3);
  options.texts.validation_share = 0.25;
  Witness witness;
  run(quick_run(), folder_, witness, -1, options, texts);
  EXPECT_NE(witness.notes.find("texts: 72 to learn from"), std::string::npos) << witness.notes;
  EXPECT_NE(witness.notes.find("24 to validate on"), std::string::npos) << witness.notes;
}

TEST_F(TextClassification, reads_the_files_that_its_options_name) {
  std::string lines;
  for (const LabeledText& each : negations().training) lines += each.label + '\t' + each.text + '\n';
  TextClassificationOptions options;
  options.texts.train_texts = {file("texts.tsv", lines)};
  TextClassificationTask task(options);
  TrainingOptions training = quick_run();
  Witness witness;
  train(task, training, RunFolder(folder_ / "model"), cpu_backend(), witness, [] { return false; });
  EXPECT_EQ(task.labels(), (std::vector<std::string>{"no", "yes"}));
  EXPECT_NE(read_file(folder_ / "model" / "training" / "options.yaml").find("texts.tsv"), std::string::npos);
}

TEST_F(TextClassification, learns_from_characters_and_bytes_and_pieces) {
  for (const TokenizerKind kind : {TokenizerKind::characters, TokenizerKind::bytes, TokenizerKind::bpe}) {
    TextClassificationOptions options = word_dropout_of(0);
    options.tokenizer.kind = kind;
    if (kind == TokenizerKind::bpe) options.tokenizer.vocabulary_size = 320;
    TrainingOptions training = small_run("gru");
    training.training.batch_tokens = 256;
    training.training.epochs = 80;
    Witness witness;
    const auto folder = folder_ / std::string(enum_name(kind));
    EXPECT_GE(run(training, folder, witness, -1, options).final.value("accuracy"), 90) << enum_name(kind);
    EXPECT_EQ(NetworkClassifier(folder, cpu_backend()).labels().size(), 2u);
  }
}

TEST_F(TextClassification, trains_a_model_further_with_its_labels_and_tokenizer) {
  run(small_run("transformer"), folder_ / "first");
  TrainingOptions further = quick_run();
  further.model = ModelOptions(Classifier::family);
  further.start.from = folder_ / "first";
  Witness witness;
  const TrainingOutcome outcome = run(further, folder_ / "second", witness);
  EXPECT_GE(outcome.final.value("accuracy"), 90);
  EXPECT_EQ(read_file(folder_ / "first" / "classes.json"), read_file(folder_ / "second" / "classes.json"));
  LabeledTexts others = negations();
  others.training.front().label = "perhaps";
  EXPECT_NE(message_of<DataError>([&] {
              run(further, folder_ / "third", witness, -1, {}, others);
            }).find("label 'perhaps'"),
            std::string::npos);
}

TEST_F(TextClassification, a_run_keeps_how_it_reads_texts) {
  run(quick_run(), folder_, 3);
  TextClassificationOptions options = word_dropout_of(0.3);
  options.preparation.lowercase = true;
  Witness witness;
  EXPECT_NE(
      message_of<ConfigError>([&] { run(quick_run(), folder_, witness, -1, options); }).find("lowercase"),
      std::string::npos);
}

TEST_F(TextClassification, refuses_what_it_cannot_learn_from) {
  const LabeledTexts one{{{"yes", "a film"}, {"yes", "a book"}}, {{{"yes", "a film"}}}},
      two{{{"yes", "a"}, {"no", "b"}}, std::vector<LabeledText>()}, none{{}, {{{"yes", "a film"}}}},
      other{two.training, {{{"perhaps", "a film"}}}}, wordless{{{"yes", ""}, {"no", " "}}, {{{"yes", ""}}}};
  EXPECT_NE(refused(one).find("nothing to tell apart"), std::string::npos);
  EXPECT_NE(refused(none).find("no texts to learn from"), std::string::npos);
  EXPECT_NE(refused(two).find("no texts to validate on"), std::string::npos);
  EXPECT_NE(refused(other).find("label 'perhaps'"), std::string::npos);
  EXPECT_NE(refused(wordless).find("no word of 2"), std::string::npos);
  const LabeledTexts empty{{{"yes", ""}, {"no", ""}}, {{{"yes", ""}}}};
  TextClassificationOptions of_bytes;
  of_bytes.tokenizer.kind = TokenizerKind::bytes;
  EXPECT_NE(refused(empty, of_bytes).find("has a word"), std::string::npos);
  EXPECT_NE(refused({two.training, std::nullopt}).find("none can be held out"), std::string::npos);
  TextClassificationTask nothing;
  TrainingOptions options = quick_run();
  Witness witness;
  EXPECT_NE(message_of<ConfigError>([&] {
              train(nothing, options, RunFolder(folder_ / "nothing"), cpu_backend(), witness,
                    [] { return false; });
            }).find("train_texts"),
            std::string::npos);
}

TEST_F(TextClassification, refuses_a_model_of_classes_of_tokens) {
  TrainingOptions options = small_run("transformer", Pooling::none);
  TextClassificationOptions missing;  // so that reading data would say something else
  missing.texts.train_texts = {folder_ / "missing.tsv"};
  TextClassificationTask task(missing);
  Witness witness;
  const std::string said = message_of<ConfigError>([&] {
    train(task, options, RunFolder(folder_ / "model"), cpu_backend(), witness, [] { return false; });
  });
  EXPECT_NE(said.find("max or mean"), std::string::npos) << said;
}

TEST_F(TextClassification, says_when_its_numbers_are_not_finite) {
  TrainingOptions options = quick_run("rnn");
  options.training.epochs = 50;
  options.training.learning_rate = 3e38;
  options.training.maximum_gradient_norm = 0;
  options.training.rollbacks = 0;
  EXPECT_THROW(run(options, folder_), DivergenceError);
}

TEST_F(TextClassification, tells_in_the_card_what_it_learned) {
  run(quick_run(), folder_);
  const std::string card = read_file(folder_ / "model_card.md");
  EXPECT_NE(card.find("# A model for text-classification"), std::string::npos) << card;
  EXPECT_NE(card.find("| accuracy | "), std::string::npos) << card;
  EXPECT_NE(card.find("2 classes: `no`, `yes`"), std::string::npos) << card;
}

TEST_F(TextClassification, goes_on_with_the_validation_texts_that_it_held_out_whatever_its_texts_are) {
  const LabeledTexts all{negations().training, std::nullopt};
  TrainingOptions options = quick_run();
  Witness witness;
  run(options, folder_, witness, 2, word_dropout_of(0), all);
  const RunFolder folder(folder_);
  const ValidationSplit before = split_of_run(folder, all.training, 1, 0.1);
  std::vector<LabeledText> fewer(all.training.begin(), all.training.begin() + std::ssize(all.training) / 2);
  const ValidationSplit after = split_of_run(folder, fewer, 7, 0.3);
  ASSERT_EQ(after.validation.size(), before.validation.size());
  for (std::size_t i = 0; i < before.validation.size(); ++i) {
    EXPECT_EQ(after.validation[i].text, before.validation[i].text);
    for (const LabeledText& each : after.training) EXPECT_NE(each.text, before.validation[i].text);
  }
  EXPECT_LE(after.training.size(), fewer.size());
}

}  // namespace
}  // namespace heed
