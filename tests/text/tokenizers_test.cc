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
  if (kind == TokenizerKind::unigram || kind == TokenizerKind::bpe) config.vocabulary_size = 320;
  if (kind == TokenizerKind::characters || kind == TokenizerKind::bytes)
    config = {.kind = kind, .joint = joint};
  return config;
}

/// What a tokenizer that gives text back as it was must not stumble over.
const std::vector<std::string> hostile_texts{
    "",
    "\n",
    " ",
    "  two  spaces, a\ttab and\n\n\nthree ends of lines \n",
    "Windows\r\nends\r\n\r\nof lines\r",
    "\u2581 is not a space, \u2581\u2581, \u2585 neither",
    "emoji \U0001F469\u200D\U0001F680, e\u0301 and \u00E9, \uFB01, \uFF21\u3000\u6F22\uFEFF",
    "<s> </s> <unk> <pad> <0x41> @@ ",
    std::string("NUL \0 and \0\0", 11)};

std::vector<std::string_view> views(const std::vector<std::string>& texts) {
  return {texts.begin(), texts.end()};
}

TEST_F(TokenizersOf, every_kind_come_back_from_their_folder) {
  for (const TokenizerKind kind : {TokenizerKind::unigram, TokenizerKind::bpe, TokenizerKind::whitespace,
                                   TokenizerKind::characters, TokenizerKind::bytes})
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

TEST_F(TokenizersOf, language_models_give_every_text_back_after_loading) {
  std::vector<std::string_view> texts = views(hostile_texts);
  texts.insert(texts.end(), english.begin(), english.end());
  for (const TokenizerKind kind :
       {TokenizerKind::unigram, TokenizerKind::bpe, TokenizerKind::characters, TokenizerKind::bytes}) {
    TokenizerConfig config = for_language_models({.kind = kind});
    if (kind == TokenizerKind::unigram || kind == TokenizerKind::bpe) config.vocabulary_size = 400;
    train_tokenizers(config, texts).save(folder_);
    const Tokenizers loaded = load_tokenizers(folder_);
    EXPECT_TRUE(loaded.joint());
    for (const std::string& text : hostile_texts) {
      EXPECT_EQ(loaded.source->decode(loaded.source->encode(text)), text) << enum_name(kind);
      EXPECT_TRUE(loaded.source->unknown_parts(text).empty()) << enum_name(kind);
    }
  }
}

TEST_F(TokenizersOf, language_models_say_what_they_do_not_know) {
  TokenizerConfig config{.kind = TokenizerKind::unigram, .byte_fallback = false, .character_coverage = 1};
  config.vocabulary_size = 40;
  for (const TokenizerConfig& with : {config, TokenizerConfig{.kind = TokenizerKind::whitespace},
                                      TokenizerConfig{.kind = TokenizerKind::characters}}) {
    const Tokenizers tokenizers = train_tokenizers(with, english);
    EXPECT_TRUE(tokenizers.source->unknown_parts("the cat").empty()) << enum_name(with.kind);
    EXPECT_EQ(tokenizers.source->unknown_parts("the \u6F22 \u6F22 \u00DF cat"),
              (std::vector<std::string>{"\u6F22", "\u00DF"}))
        << enum_name(with.kind);
  }
}

TEST_F(TokenizersOf, a_kind_refuse_options_that_it_does_not_have) {
  const auto refused = [](TokenizerConfig config, const std::string& named) {
    try {
      train_tokenizers(config, english, german);
      ADD_FAILURE() << "taken: " << named;
    } catch (const ConfigError& error) {
      EXPECT_NE(std::string(error.what()).find(named), std::string::npos) << error.what();
    }
  };
  refused({.kind = TokenizerKind::characters, .vocabulary_size = 100}, "vocabulary_size is 100");
  refused({.kind = TokenizerKind::characters, .byte_fallback = false}, "byte_fallback");
  refused({.kind = TokenizerKind::characters, .normalization = "identity"}, "normalization");
  refused({.kind = TokenizerKind::bytes, .minimum_count = 2}, "minimum_count");
  refused({.kind = TokenizerKind::bytes, .undo_bpe_joining = true}, "undo_bpe_joining");
  refused({.kind = TokenizerKind::whitespace, .exact_whitespace = true}, "exact_whitespace");
  refused({.byte_fallback = false, .exact_whitespace = true}, "byte_fallback");
  refused({.normalization = "nfkc", .exact_whitespace = true}, "normalization is nfkc");
  EXPECT_THROW(train_tokenizers({.kind = TokenizerKind::bytes, .joint = false}, english), ConfigError);
  EXPECT_THROW(character_tokenizers({.kind = TokenizerKind::bytes}, {}), ConfigError);
}

TEST_F(TokenizersOf, characters_follow_from_counts_of_a_text_that_passed_by) {
  CharacterCounts counts;
  for (const std::string_view text : english) counts.add(text);
  const TokenizerConfig config{.kind = TokenizerKind::characters};
  EXPECT_EQ(character_tokenizers(config, counts).source->serialized(),
            train_tokenizers(config, english).source->serialized());
}

TEST_F(TokenizersOf, damaged_folders_of_characters_and_bytes_are_refused) {
  for (const TokenizerKind kind : {TokenizerKind::characters, TokenizerKind::bytes}) {
    train_tokenizers({.kind = kind}, english).save(folder_);
    const std::string description = read_file(folder_ / "tokenizer.json");
    for (std::size_t at = 0; at < description.size(); at += 5) {  // each write is synced
      std::string flipped = description;
      flipped[at] ^= static_cast<char>(1 << at % 7);
      write_file(folder_ / "tokenizer.json", flipped);
      try {
        load_tokenizers(folder_).source->encode("the dog");
      } catch (const Error&) {  // whatever else it does, it must not crash
      }
    }
    std::string odd = description;
    write_file(folder_ / "tokenizer.json",
               odd.replace(odd.find("\"split_digits\": false"), 21, "\"split_digits\": true"));
    EXPECT_THROW(load_tokenizers(folder_), CheckpointError);
  }
  train_tokenizers({.kind = TokenizerKind::characters}, english).save(folder_);
  write_file(folder_ / "tokenizer.characters", "U+0041\n");
  EXPECT_THROW(load_tokenizers(folder_), CheckpointError);
  std::filesystem::remove(folder_ / "tokenizer.characters");
  EXPECT_THROW(load_tokenizers(folder_), FileError);
}

}  // namespace
}  // namespace heed
