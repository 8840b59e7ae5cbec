#include "heed/text/sentencepiece_check.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <cstring>
#include <filesystem>

#include "heed/base/error.h"
#include "heed/text/sentencepiece_tokenizer.h"

namespace heed {
namespace {

using namespace std::string_literals;

std::string number(std::uint64_t value) {
  std::string bytes;
  for (; value >= 0x80; value >>= 7) bytes += static_cast<char>((value & 0x7F) | 0x80);
  return bytes += static_cast<char>(value);
}

std::string field(int id, const std::string& bytes) {
  return number(static_cast<std::uint64_t>(id) << 3 | 2) + number(bytes.size()) + bytes;
}

std::string piece(const std::string& text, float score = -1, int kind = 1) {
  char bits[sizeof score];
  std::memcpy(bits, &score, sizeof score);
  return field(1,
               field(1, text) + "\x15" + std::string(bits, sizeof bits) + "\x18" + static_cast<char>(kind));
}

/// Special pieces and these, a trainer's and a normalizer's part.
std::string model(const std::string& pieces, const std::string& normalizer = "") {
  return piece("<unk>", 0, 2) + piece("<s>", 0, 3) + piece("</s>", 0, 3) + pieces + field(2, "\x18\x01") +
         field(3, normalizer);
}

std::string complaint(const std::string& bytes) {
  try {
    SentencePieceTokenizer(bytes, "m");
  } catch (const CheckpointError& error) {
    return error.what();
  }
  return "";
}

TEST(SentencePieceCheck, passes_what_is_sound) {
  EXPECT_EQ(complaint(model(piece("a") + piece("b", -2))), "");
}

TEST(SentencePieceCheck, wants_scores_that_are_numbers) {
  for (const float odd : {std::nanf(""), INFINITY, -INFINITY})
    EXPECT_NE(complaint(model(piece("a", odd))).find("m: piece 3, 'a': its score"), std::string::npos) << odd;
}

TEST(SentencePieceCheck, wants_pieces_that_are_texts) {
  for (const std::string& text : {""s, "a\0b"s})
    EXPECT_NE(complaint(model(piece("a") + piece(text))).find("m: piece 4: is empty"), std::string::npos);
}

TEST(SentencePieceCheck, wants_no_more_pieces_within_pieces_than_there_is_room_for) {
  const auto nested = [](std::size_t count) {
    std::string pieces;
    for (std::size_t length = 1; length <= count; ++length) pieces += piece(std::string(length, 'a'), 0, 4);
    return model(pieces + piece("b"));
  };
  EXPECT_EQ(complaint(nested(64)), "");
  EXPECT_NE(complaint(nested(65)).find("begins as the next does"), std::string::npos);
}

TEST(SentencePieceCheck, wants_rules_that_stay_within_the_file) {
  const std::string trie = "\x04\0\0\0\xFF\xFF\xFF\x7F"s;
  EXPECT_NE(complaint(model(piece("a"), field(2, trie + "b\0"s))).find("rules of normalization"),
            std::string::npos);
}

TEST(SentencePieceCheck, knows_what_pieces_of_an_odd_kind_or_field_are) {
  EXPECT_EQ(complaint(model(piece("a") + piece("b", -1, 5) + piece("c", -1, 77))), "");
  EXPECT_NE(complaint(model("\x0B\x0C")), "");                                            // groups
  EXPECT_NE(complaint(model(field(1, "\x8A\x80\x80\x80\x80\x01" + field(1, "a")))), "");  // an endless tag
}

/// All characters of Unicode's first plane.
std::string characters() {
  std::string text;
  for (unsigned c = 0x800; c < 0x10000; ++c)
    if (c < 0xD800 || c > 0xDFFF)
      for (const unsigned byte : {0xE0 | c >> 12, 0x80 | (c >> 6 & 0x3F), 0x80 | (c & 0x3F)})
        text += static_cast<char>(byte);
  return text;
}

// Most bits of a model are its rules of normalization. Unchecked, a tenth of such models end the program.
TEST(SentencePieceCheck, leaves_no_flipped_bit_that_ends_the_program) {
  const std::vector<std::string_view> corpus{"the quick brown fox jumps over the lazy dog",
                                             "pack my box with five dozen liquor jugs"};
  const std::string whole =
      train_subwords(corpus, {.vocabulary_size = 300, .character_coverage = 1, .threads = 1})
          .tokenizer->serialized();
  const std::string text = characters();
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    std::string changed = whole;
    std::uint64_t place = (seed + 1) * 0x9E3779B97F4A7C15u;
    for (std::uint64_t i = 0; i <= seed % 8; ++i, place = place * 6364136223846793005u + 1442695040888963407u)
      changed[(place >> 20) % changed.size()] ^= static_cast<char>(1 << (place >> 61));
    try {
      const SentencePieceTokenizer tokenizer(changed, "changed.model");
      tokenizer.encode(text);
    } catch (const Error&) {
    }
  }
}

TEST(SentencePieceCheck, passes_what_fuzzing_starts_from) {
  for (const auto& seed : std::filesystem::directory_iterator(std::filesystem::path(HEED_SOURCE_DIR) /
                                                              "tests/fuzz/corpus/sentencepiece")) {
    const auto tokenizer = SentencePieceTokenizer::open(seed.path());
    EXPECT_FALSE(tokenizer.encode("the fox").empty()) << seed.path();
  }
}

}  // namespace
}  // namespace heed
