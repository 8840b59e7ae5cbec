#include "heed/tasks/question_answering/question_answering_task.h"

#include "heed/base/parallel.h"
#include "heed/checkpoint/model_folder.h"
#include "heed/model/bert_config.h"
#include "heed/service/question_answerer.h"
#include "heed/tasks/fill_mask/fill_mask_task.h"
#include "tests/support/backends.h"
#include "tests/support/guarded_backend.h"
#include "tests/support/tensors.h"
#include "tests/tasks/question_answering/tiny_question_run.h"

namespace heed {
namespace {

using QuestionAnswering = WithFolder;

TEST_F(QuestionAnswering, learns_to_find_answers_and_where_there_are_none) {
  TinyQuestionRun run(folder_, sample_questions(1500));
  run.run.model.set("width", Index{48})
      .set("hidden", Index{96})
      .set("dropout", 0.0)
      .set("maximum_positions", Index{64});
  run.data.answers.window = 64;
  run.run.training.updates = 500, run.run.training.batch_tokens = 1024, run.run.training.validate_every = 250;
  run.run.training.warmup = 50, run.run.training.learning_rate = 3e-3,
  run.run.training.gradient_accumulation = 1, run.run.training.moving_average = 0;
  const TrainingOutcome outcome = run.train();
  EXPECT_GE(outcome.final.value("f1"), 60);
  EXPECT_LE(outcome.final.value("exact_match"), outcome.final.value("f1"));
  EXPECT_TRUE(load_answer_settings(run.folder()).known.may_be_unanswerable);
}

TEST_F(QuestionAnswering, interrupted_or_killed_after_any_update_goes_on_to_the_same_bytes) {
  const TinyQuestionRun run(folder_);
  expect_same_bytes_however_disturbed(
      folder_,
      [&](const auto& folder, Witness& witness, Index stop_at) {
        return run.train_in(folder, witness, stop_at);
      },
      2);
}

TEST_F(QuestionAnswering, comes_to_the_same_bytes_with_any_number_of_threads) {
  const int threads = thread_count();
  TinyQuestionRun run(folder_);
  for (const int count : {1, 3}) {
    set_thread_count(count);
    run.train(std::to_string(count));
  }
  set_thread_count(threads);
  EXPECT_EQ(model_bytes(run.folder("1")), model_bytes(run.folder("3")));
}

TEST_F(QuestionAnswering, trains_and_answers_in_memory_that_only_kernels_access) {
  GuardedBackend guarded;
  TinyQuestionRun run(folder_);
  run.train("there", 4, guarded);
  run.train("there", -1, guarded);
  run.train("here", -1, reference_backend());
  EXPECT_EQ(model_bytes(run.folder("there")), model_bytes(run.folder("here")));
  const QuestionAnswerer there(run.folder("there"), guarded), here(run.folder("here"), reference_backend());
  const std::string text = "Anna lives in Paris. Paul works as a baker in Oslo.";
  const auto ours = there.answer("Where does Anna live?", there.read(text), {.top = 2}),
             others = here.answer("Where does Anna live?", here.read(text), {.top = 2});
  ASSERT_EQ(ours.size(), 2u);
  EXPECT_EQ(ours[0].text, others[0].text);
  EXPECT_EQ(ours[0].probability, others[0].probability);
}

TEST_F(QuestionAnswering, is_learned_by_recurrent_networks_too) {
  TinyQuestionRun run(folder_);
  run.run.model = ModelOptions(Classifier::family);
  run.run.model.architecture = "gru";
  run.run.model.set("pooling", Pooling::none).set("width", Index{8}).set("hidden", Index{8});
  EXPECT_NO_THROW(run.train());
  EXPECT_NO_THROW(QuestionAnswerer(run.folder(), cpu_backend()));
}

TEST_F(QuestionAnswering, holds_out_the_last_paragraphs_where_no_questions_to_validate_on_are_given) {
  TinyQuestionRun run(folder_);
  run.data.data.validation_share = 0.2;
  run.train();
  EXPECT_NE(run.witness.notes.find("questions: 45 to learn from"), std::string::npos) << run.witness.notes;
  EXPECT_NE(run.witness.notes.find("15 to validate on"), std::string::npos) << run.witness.notes;
  EXPECT_EQ(run.witness.validations.front().result.samples.at(0).parts.at(1).first, "reference");
}

TEST_F(QuestionAnswering, goes_on_with_the_paragraphs_that_it_was_validated_on_whatever_is_added) {
  TinyQuestionRun run(folder_);
  run.data.data.validation_share = 0.2;
  run.train("model", 4);
  std::string more = sample_questions(40, 2);
  for (std::size_t at = 0; (at = more.find("\"id\":\"", at)) != more.npos; at += 6) more.insert(at + 6, "b");
  run.data.data.train_questions.push_back(file("more.json", more));
  run.data.data.validation_share = 0.4;
  run.train();
  EXPECT_NE(run.witness.notes.find("questions: 85 to learn from"), std::string::npos) << run.witness.notes;
  EXPECT_NE(run.witness.notes.find("15 to validate on"), std::string::npos) << run.witness.notes;
}

TEST_F(QuestionAnswering, starts_from_a_model_that_fills_in_masks) {
  TinyQuestionRun run(folder_);
  FillMaskOptions text;
  text.text.train_text = {
      file("text.txt", "Anna lives in Paris.\nPaul works as a baker.\nIda owns a cat.\n")};
  text.text.context = 40, text.text.validation_share = 0.4;
  text.documents.split = DocumentSplit::by_line;
  text.tokenizer.kind = TokenizerKind::whitespace;
  FillMaskTask task(text);
  TrainingOptions base = default_options(task);
  base.model.set("width", Index{16}).set("hidden", Index{32}).set("heads", Index{2}).set("layers", Index{2});
  base.training.updates = 2, base.training.batch_tokens = 64, base.training.validate_every = 2;
  heed::train(task, base, RunFolder(folder_ / "base"), cpu_backend(), run.witness, [] { return false; });

  run.run.start.from = folder_ / "base";
  run.run.model = default_options(QuestionAnsweringTask()).model;
  run.data.tokenizer = {};
  run.train();
  EXPECT_NE(run.witness.notes.find("starting anew: output.weight, output.bias"), std::string::npos)
      << run.witness.notes;
  const auto config = load_config(run.folder()).as<BertClassifierConfig>();
  EXPECT_EQ(config.pooling, Pooling::none);
  EXPECT_EQ(config.classes, 2);
}

TEST_F(QuestionAnswering, a_run_keeps_how_it_reads_questions) {
  TinyQuestionRun run(folder_);
  run.train("model", 3);
  run.data.answers.window_stride = 11;
  EXPECT_NE(message_of<ConfigError>([&] { run.train(); }).find("window_stride"), std::string::npos);
}

TEST_F(QuestionAnswering, refuses_what_it_cannot_learn_from) {
  TinyQuestionRun none(folder_);
  none.data.data.train_questions.clear();
  EXPECT_NE(message_of<ConfigError>([&] { none.train(); }).find("train_questions"), std::string::npos);
  TinyQuestionRun empty(folder_, "");
  EXPECT_THROW(empty.train(), DataError);
  TinyQuestionRun no_question(folder_, sample_questions(0));
  EXPECT_NE(message_of<DataError>([&] { no_question.train(); }).find("questions"), std::string::npos);
  TinyQuestionRun pooled(folder_);
  pooled.run.model.set("pooling", Pooling::mean);
  EXPECT_NE(message_of<ConfigError>([&] { pooled.train(); }).find("take none"), std::string::npos);
  TinyQuestionRun small(folder_);
  small.run.model.set("maximum_positions", Index{8});
  EXPECT_NE(message_of<ConfigError>([&] { small.train(); }).find("maximum_positions"), std::string::npos);
}

}  // namespace
}  // namespace heed
