#include "heed/tasks/text_generation/text_generation_task.h"

#include "heed/base/parallel.h"
#include "heed/base/settings_yaml.h"
#include "heed/checkpoint/generation_settings.h"
#include "heed/checkpoint/model_folder.h"
#include "tests/support/tensors.h"
#include "tests/tasks/text_generation/tiny_text_run.h"

namespace heed {
namespace {

using TextGeneration = WithFolder;

TEST_F(TextGeneration, learns_to_go_on_with_a_text) {
  TinyTextRun run(folder_);
  run.run.training.updates = 120, run.run.training.validate_every = 60;
  const TrainingOutcome outcome = run.train();
  EXPECT_EQ(load_task(run.folder()), "text-generation");
  EXPECT_EQ(load_config(run.folder()).architecture().kind, "decoder-only Transformer");
  // A guess among the 16 characters costs 2.8 nats.
  EXPECT_LT(outcome.final.value("loss"), 1.5);
  EXPECT_DOUBLE_EQ(outcome.final.value("perplexity"), std::exp(outcome.final.value("loss")));
  // Every character is one token and one byte.
  EXPECT_NEAR(outcome.final.value("bits_per_byte"), outcome.final.value("loss") / std::log(2), 1e-12);
  ASSERT_EQ(outcome.final.samples.size(), 2u);
  EXPECT_EQ(outcome.final.samples[0].parts[0].first, "prompt");
  EXPECT_FALSE(outcome.final.samples[0].parts[1].second.empty());
}

TEST_F(TextGeneration, interrupted_or_killed_after_any_update_goes_on_to_the_same_bytes) {
  const TinyTextRun run(folder_);
  expect_same_bytes_however_disturbed(folder_, [&](const auto& folder, Witness& witness, Index stop_at) {
    return run.train_in(folder, witness, stop_at);
  });
}

TEST_F(TextGeneration, comes_to_the_same_bytes_with_any_number_of_threads) {
  const int threads = thread_count();
  TinyTextRun run(folder_);
  for (const int count : {1, 3}) {
    set_thread_count(count);
    run.train(std::to_string(count));
  }
  set_thread_count(threads);
  EXPECT_EQ(model_bytes(run.folder("1")), model_bytes(run.folder("3")));
}

TEST_F(TextGeneration, holds_out_the_last_tokens_of_a_text_as_nanogpt_does) {
  TinyTextRun run(folder_, std::string(90, 'a') + std::string(17, 'b'));
  run.train();
  // 107 characters: the first 96 are learned from, of the last 11 all but the first are predicted.
  EXPECT_NE(run.witness.notes.find("96 to learn from, 10 to validate on"), std::string::npos)
      << run.witness.notes;
}

TEST_F(TextGeneration, validates_on_text_of_its_own) {
  TinyTextRun run(folder_);
  const std::filesystem::path valid = run.file().parent_path() / "valid.txt";
  write_file(valid, "to be and so zzz");
  run.data.text.valid_text = {valid};
  run.train();
  EXPECT_NE(run.witness.notes.find("validation: the tokenizer does not know 3 of the 16 tokens"),
            std::string::npos)
      << run.witness.notes;
}

TEST_F(TextGeneration, takes_the_context_of_the_model_from_that_of_the_text) {
  TinyTextRun run(folder_);
  run.train();
  EXPECT_EQ(load_config(run.folder()).sizes().longest_sequence, 16);
}

TEST_F(TextGeneration, puts_eos_behind_documents_but_not_behind_a_text_of_one) {
  TinyTextRun run(folder_, "ada\nbob\neve\nada\nbob\neve\nada\nbob\neve\nada\n");
  run.train("file");
  EXPECT_FALSE(load_generation_settings(run.folder("file")).eos_ends_documents);
  run.data.documents.split = DocumentSplit::by_line;
  run.train("line");
  EXPECT_TRUE(load_generation_settings(run.folder("line")).eos_ends_documents);
}

TEST_F(TextGeneration, tokenizes_again_when_the_text_has_changed) {
  TinyTextRun run(folder_);
  run.train("model", 4);
  write_file(run.file(), tiny_text(500));
  run.train();
  EXPECT_NE(run.witness.notes.find("tokenized anew"), std::string::npos) << run.witness.notes;
}

/// Lines that are all different.
std::string numbered_text(Index from, Index to) {
  std::string text;
  for (Index i = from; i < to; ++i)
    text += message("line ", i * 7919 % 100'003, " of ", i * 104'729 % 99'991, "\n");
  return text;
}

TEST_F(TextGeneration, warns_of_text_learned_from_that_becomes_validation_text) {
  TinyTextRun run(folder_, numbered_text(0, 400));
  Index stop_at = 2;
  const auto warns = [&] {
    run.train("model", ++stop_at);
    return run.witness.notes.find("tokens to validate on stand in text that the run has learned from") !=
           std::string::npos;
  };
  EXPECT_FALSE(warns()) << "it begins";
  EXPECT_FALSE(warns()) << "nothing has changed";
  run.data.text.validation_share = 0.5;
  EXPECT_TRUE(warns()) << run.witness.notes;
  run.data.text.validation_share = 0.1;
  EXPECT_FALSE(warns()) << "the last tenth was never learned from";
  run.data.text.validation_share = 0.2;
  EXPECT_TRUE(warns()) << "it was at first";
}

TEST_F(TextGeneration, tells_how_much_of_another_text_was_learned_from) {
  TinyTextRun run(folder_, numbered_text(0, 400));
  run.train("model", 4);
  const std::filesystem::path valid = folder_ / "valid.txt";
  const std::string known = numbered_text(100, 200), fresh = numbered_text(1000, 1100);
  write_file(valid, fresh + known);
  run.data.text.valid_text = {valid};
  run.train();
  const auto all = std::ssize(fresh + known);
  const std::size_t at = run.witness.notes.find(message(" of the ", all, " tokens to validate on stand in"));
  ASSERT_NE(at, std::string::npos) << run.witness.notes;
  const std::size_t begin = run.witness.notes.rfind(' ', at - 1) + 1;
  const Index said = std::stoll(run.witness.notes.substr(begin, at - begin));
  EXPECT_LE(std::abs(said - std::ssize(known)), 128) << said;
}

TEST_F(TextGeneration, says_nothing_of_another_text_that_is_new) {
  TinyTextRun run(folder_, numbered_text(0, 400));
  run.train("model", 4);
  write_file(run.file(), numbered_text(0, 800));
  run.train();
  EXPECT_EQ(run.witness.notes.find("has learned from"), std::string::npos) << run.witness.notes;
}

TEST_F(TextGeneration, trains_on_a_text_that_is_shorter_than_its_context) {
  TinyTextRun run(folder_, "to be or not");
  run.data.text.context = 64, run.data.text.validation_share = 0.3;
  run.train();
  EXPECT_NE(run.witness.notes.find("fewer than the context of 64"), std::string::npos) << run.witness.notes;
}

TEST_F(TextGeneration, refuses_a_text_without_anything_to_learn) {
  for (const std::string text : {"", "a", "ab"}) {
    TinyTextRun run(folder_, text);
    EXPECT_THROW(run.train(), DataError) << text;
  }
  TinyTextRun none(folder_);
  none.data.text.train_text.clear();
  EXPECT_THROW(none.train(), ConfigError);
}

TEST_F(TextGeneration, refuses_bytes_that_are_no_text_and_says_where) {
  TinyTextRun run(folder_, "to be\n\xff\xfe\x00 or not\n");
  const std::string message = message_of<DataError>([&] { run.train(); });
  EXPECT_NE(message.find("text.txt:2"), std::string::npos) << message;
}

TEST_F(TextGeneration, refuses_a_context_that_the_model_does_not_have) {
  TinyTextRun run(folder_);
  run.run.model.set("maximum_positions", Index{8});
  const std::string message = message_of<ConfigError>([&] { run.train(); });
  EXPECT_NE(message.find("context is 16"), std::string::npos) << message;
}

TEST_F(TextGeneration, can_be_told_that_nothing_stands_where_a_document_ends) {
  TextOptions options;
  set_from_yaml_text(settings_of(options), "document_end: none", "test");
  EXPECT_EQ(options.document_end, DocumentEnd::nothing);
  set_from_yaml_text(settings_of(options), "document_end: null", "test");
  EXPECT_EQ(options.document_end, std::nullopt);
}

TEST_F(TextGeneration, trains_a_model_further_with_its_tokenizer) {
  TinyTextRun run(folder_);
  run.train("first");
  run.run.start.from = run.folder("first");
  run.run.model = ModelOptions(LanguageModel::family);
  run.data.text.context = std::nullopt;
  run.train("further");
  EXPECT_EQ(read_file(run.folder("further") / "tokenizer.characters"),
            read_file(run.folder("first") / "tokenizer.characters"));
  EXPECT_NE(model_bytes(run.folder("further")), model_bytes(run.folder("first")));
}

}  // namespace
}  // namespace heed
