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

std::string model_bytes(const TinyTextRun& run, const std::string& name) {
  return read_file(run.folder(name) / "model.safetensors");
}

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

TEST_F(TextGeneration, comes_to_the_same_bytes_when_it_is_stopped_and_goes_on) {
  TinyTextRun run(folder_);
  run.train("whole");
  run.train("stopped", 4);
  EXPECT_EQ(run.witness.updates.size(), 4u);
  run.train("stopped");
  EXPECT_EQ(run.witness.updates.size(), 4u);
  EXPECT_EQ(model_bytes(run, "stopped"), model_bytes(run, "whole"));
}

TEST_F(TextGeneration, comes_to_the_same_bytes_with_any_number_of_threads) {
  const int threads = thread_count();
  TinyTextRun run(folder_);
  for (const int count : {1, 3}) {
    set_thread_count(count);
    run.train(std::to_string(count));
  }
  set_thread_count(threads);
  EXPECT_EQ(model_bytes(run, "1"), model_bytes(run, "3"));
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
  EXPECT_NE(model_bytes(run, "further"), model_bytes(run, "first"));
}

}  // namespace
}  // namespace heed
