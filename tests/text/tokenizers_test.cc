#include "heed/text/tokenizers.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "heed/base/error.h"
#include "heed/base/files.h"

namespace heed {
namespace {

const std::vector<std::string_view> english{"the dog sleeps", "a dog and a cat play", "the cat sleeps"};
const std::vector<std::string_view> german{"der Hund schläft", "ein Hund und eine Katze spielen",
                                           "die Katze schläft"};

class TokenizersOf : public testing::Test {
 protected:
  TokenizersOf() { std::filesystem::create_directories(folder_); }
  ~TokenizersOf() override { std::filesystem::remove_all(folder_); }

  const std::filesystem::path folder_ =
      std::filesystem::path(testing::TempDir()) / ("heed_tokenizers_" + std::to_string(::getpid()));
};

TokenizerConfig config_of(TokenizerKind kind, bool joint) {
  TokenizerConfig config{.kind = kind, .joint = joint, .character_coverage = 1};
  if (kind != TokenizerKind::whitespace) config.vocabulary_size = 320;
  return config;
}

TEST_F(TokenizersOf, every_kind_come_back_from_their_folder) {
  for (const TokenizerKind kind : {TokenizerKind::unigram, TokenizerKind::bpe, TokenizerKind::whitespace})
    for (const bool joint : {true, false}) {
      const Tokenizers trained = train_tokenizers(config_of(kind, joint), english, german);
      trained.save(folder_);
      const Tokenizers loaded = load_tokenizers(folder_);
      EXPECT_EQ(loaded.joint(), joint);
      EXPECT_EQ(loaded.source->serialized(), trained.source->serialized());
      EXPECT_EQ(loaded.target->serialized(), trained.target->serialized());
      EXPECT_EQ(loaded.target->decode(loaded.target->encode("der Hund schläft")), "der Hund schläft");
    }
}

TEST_F(TokenizersOf, one_joint_vocabulary_are_one_object) {
  const Tokenizers tokenizers = train_tokenizers(config_of(TokenizerKind::unigram, true), english, german);
  EXPECT_EQ(tokenizers.source, tokenizers.target);
  EXPECT_TRUE(tokenizers.joint());
}

TEST_F(TokenizersOf, whitespace_keep_undoing_joints_in_the_folder) {
  TokenizerConfig config = config_of(TokenizerKind::whitespace, true);
  config.undo_bpe_joining = true;
  const std::vector<std::string_view> cut{"Box@@ kampf"};
  train_tokenizers(config, cut, cut).save(folder_);
  const Tokenizers loaded = load_tokenizers(folder_);
  EXPECT_EQ(loaded.target->decode(loaded.target->encode("Box@@ kampf")), "Boxkampf");
}

TEST_F(TokenizersOf, too_little_text_say_that_their_vocabulary_is_smaller) {
  TokenizerConfig config = config_of(TokenizerKind::unigram, false);
  config.vocabulary_size = std::nullopt;
  const Tokenizers tokenizers = train_tokenizers(config, english, german);
  ASSERT_EQ(tokenizers.notes.size(), 2u);
  EXPECT_TRUE(tokenizers.notes[0].starts_with("source tokenizer: ")) << tokenizers.notes[0];
  EXPECT_NE(tokenizers.notes[1].find("not 8000"), std::string::npos) << tokenizers.notes[1];
}

TEST_F(TokenizersOf, damaged_folders_are_refused) {
  EXPECT_THROW(load_tokenizers(folder_), FileError);
  train_tokenizers(config_of(TokenizerKind::unigram, true), english, german).save(folder_);
  const std::string description = read_file(folder_ / "tokenizer.json");
  const auto described = [&](const std::string& content) {
    write_file(folder_ / "tokenizer.json", content);
    EXPECT_THROW(load_tokenizers(folder_), CheckpointError) << content;
  };
  const auto with = [&](const std::string& what, const std::string& instead) {
    std::string changed = description;
    return changed.replace(changed.find(what), what.size(), instead);
  };
  described("");
  described("[]");
  described(description.substr(0, description.size() / 2));
  described(with("\"format_version\": 1", "\"format_version\": 2"));
  described(with("\"unigram\"", "\"wordpiece\""));
  described(with("\"unigram\"", "7"));
  described(with("\"joint_vocabulary\"", "\"joined_vocabulary\""));
  described(with("\"checksums\"", "\"checksum\""));
  write_file(folder_ / "tokenizer.json", description);
  std::string model = read_file(folder_ / "tokenizer.model");
  model[model.size() / 2] ^= 4;
  write_file(folder_ / "tokenizer.model", model);
  EXPECT_THROW(load_tokenizers(folder_), CheckpointError);
  std::filesystem::resize_file(folder_ / "tokenizer.model", 1000);
  EXPECT_THROW(load_tokenizers(folder_), CheckpointError);
  std::filesystem::remove(folder_ / "tokenizer.model");
  EXPECT_THROW(load_tokenizers(folder_), FileError);
}

}  // namespace
}  // namespace heed
