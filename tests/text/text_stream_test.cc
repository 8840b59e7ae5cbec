#include "heed/text/text_stream.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

#include "heed/base/error.h"
#include "heed/base/random.h"
#include "heed/text/sentencepiece_tokenizer.h"
#include "heed/text/unicode.h"
#include "heed/text/whitespace_tokenizer.h"

namespace heed {
namespace {

/// An id for each byte, after the special ones.
class Bytes : public Tokenizer {
 public:
  std::vector<Index> encode(std::string_view text) const override {
    std::vector<Index> ids;
    for (const char byte : text) ids.push_back(special::count + static_cast<unsigned char>(byte));
    return ids;
  }
  std::string decode(std::span<const Index> ids) const override {
    std::string text;
    for (const Index id : ids)
      if (id >= special::count) text += static_cast<char>(id - special::count);
    return text;
  }
  std::vector<TextSpan> spans(std::string_view text) const override {
    return std::vector<TextSpan>(text.size());
  }
  std::string added_text(Index id) const override { return decode({&id, 1}); }
  std::string piece(Index id) const override { return std::to_string(id); }
  std::optional<Index> find(std::string_view) const override { return std::nullopt; }
  Index vocabulary_size() const override { return special::count + 256; }
  std::string serialized() const override { return {}; }
  std::vector<std::string> unknown_parts(std::string_view) const override { return {}; }
};

/// Ids that stand for whole texts.
class Chunks : public Bytes {
 public:
  explicit Chunks(std::vector<std::string> chunks) : chunks_(std::move(chunks)) {}
  std::string decode(std::span<const Index> ids) const override {
    std::string text;
    for (const Index id : ids) text += chunks_[static_cast<std::size_t>(id)];
    return text;
  }

 private:
  std::vector<std::string> chunks_;
};

const std::shared_ptr<const SentencePieceTokenizer>& subwords() {
  static const std::vector<std::string_view> corpus{"the quick brown fox jumps over the lazy dog",
                                                    "pack my box with five dozen liquor jugs"};
  static const auto tokenizer = train_subwords(corpus, {.vocabulary_size = 310}).tokenizer;
  return tokenizer;
}

/// What each id gives, and at last what was held back.
std::vector<std::string> parts_of(TextStream& stream, std::span<const Index> ids) {
  std::vector<std::string> parts;
  for (const Index id : ids) parts.push_back(stream.add(id));
  parts.push_back(stream.finish());
  return parts;
}

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text += part;
  return text;
}

/// The texts of chunks that come one after the other.
std::vector<std::string> streamed(const std::vector<std::string>& chunks, std::vector<std::string> stops) {
  const Chunks tokenizer(chunks);
  TextStream stream(tokenizer, std::move(stops));
  std::vector<Index> ids(chunks.size());
  for (std::size_t i = 0; i < ids.size(); ++i) ids[i] = static_cast<Index>(i);
  return parts_of(stream, ids);
}

using Parts = std::vector<std::string>;

TEST(TextStream, gives_a_character_when_its_last_byte_has_come) {
  const Bytes tokenizer;
  TextStream stream(tokenizer);
  EXPECT_EQ(parts_of(stream, tokenizer.encode("aé😀€")),
            (Parts{"a", "", "é", "", "", "", "😀", "", "", "€", ""}));
}

TEST(TextStream, gives_an_emoji_of_byte_pieces_whole) {
  const auto ids = subwords()->encode("the 👩‍🚀 dog");
  ASSERT_EQ(std::ranges::count_if(ids, [](Index id) { return subwords()->piece(id).starts_with("<0x"); }),
            11);
  TextStream stream(*subwords());
  const Parts parts = parts_of(stream, ids);
  EXPECT_EQ(joined(parts), "the 👩‍🚀 dog");
  for (const std::string& part : parts) {
    EXPECT_EQ(first_invalid_utf8(part), std::nullopt) << printable(part);
    EXPECT_EQ(part.find("\uFFFD"), std::string::npos) << printable(part);
  }
}

TEST(TextStream, replaces_bytes_that_make_no_character) {
  const Bytes tokenizer;
  for (const auto& [bytes, text] : std::vector<std::pair<std::string, std::string>>{
           {"a\xFF"
            "b",
            "a\uFFFDb"},
           {"\xF0\x9F(", "\uFFFD\uFFFD("},
           {"x\x80\x80\x80\x80\x80y", "x\uFFFD\uFFFD\uFFFD\uFFFD\uFFFDy"},
           {"\xED\xA0\x80", "\uFFFD\uFFFD\uFFFD"},
           {"end\xE2\x82", "end\uFFFD\uFFFD"}}) {
    TextStream stream(tokenizer);
    EXPECT_EQ(joined(parts_of(stream, tokenizer.encode(bytes))), text);
  }
}

TEST(TextStream, of_random_ids_is_the_text_of_all_of_them) {
  const Bytes bytes;
  Random random(11);
  for (int round = 0; round < 200; ++round) {
    std::vector<Index> ids(1 + random.below(120));
    for (Index& id : ids) id = random.below(static_cast<std::uint32_t>(subwords()->vocabulary_size()));
    TextStream stream(*subwords());
    EXPECT_EQ(joined(parts_of(stream, ids)), subwords()->decode(ids)) << "round " << round;
  }
}

TEST(TextStream, of_random_byte_pieces_is_well_formed_at_any_moment) {
  const Index first = subwords()->find("<0x00>").value();
  Random random(12);
  for (int round = 0; round < 200; ++round) {
    std::vector<Index> ids(1 + random.below(80));
    for (Index& id : ids) id = first + (random.below(2) == 0 ? random.below(256) : 0x80 + random.below(0x40));
    TextStream stream(*subwords());
    const Parts parts = parts_of(stream, ids);
    EXPECT_EQ(joined(parts), subwords()->decode(ids)) << "round " << round;
    for (const std::string& part : parts) EXPECT_EQ(first_invalid_utf8(part), std::nullopt);
  }
}

TEST(TextStream, goes_on_from_a_prompt_without_giving_it) {
  TextStream alone(*subwords());
  EXPECT_EQ(joined(parts_of(alone, subwords()->encode("dog"))), "dog");
  const auto prompt = subwords()->encode("the lazy");
  TextStream after(*subwords(), {}, prompt);
  EXPECT_EQ(joined(parts_of(after, subwords()->encode("dog"))), " dog");
  const auto words = WhitespaceTokenizer("<pad>\n<s>\n</s>\n<unk>\na@@\nb\n", BpeJoining::undo, "words");
  TextStream glued(words, {}, std::vector<Index>{5, 4});
  EXPECT_EQ(parts_of(glued, std::vector<Index>{5, 5}), (Parts{"b", " b", ""}));
}

TEST(TextStream, completes_a_character_that_the_prompt_began) {
  const Bytes tokenizer;
  const auto ids = tokenizer.encode("ab😀c");
  TextStream stream(tokenizer, {}, std::span(ids).first(4));
  EXPECT_EQ(parts_of(stream, std::span(ids).subspan(4)), (Parts{"", "😀", "c", ""}));
}

TEST(TextStream, keeps_spaces_however_long_it_runs) {
  std::string text = "the";
  for (int i = 0; i < 300; ++i) text += i % 3 == 0 ? " quick" : " fox";
  TextStream stream(*subwords());
  EXPECT_EQ(joined(parts_of(stream, subwords()->encode(text))), text);
}

TEST(TextStream, is_not_confused_by_many_ids_without_text) {
  std::vector<Index> ids = subwords()->encode("the dog");
  ids.insert(ids.end(), 100, special::unk);
  for (const Index id : subwords()->encode("jumps over the fox")) ids.push_back(id);
  TextStream stream(*subwords());
  EXPECT_EQ(joined(parts_of(stream, ids)), "the dog jumps over the fox");
}

TEST(TextStream, ends_before_a_stop_text) {
  EXPECT_EQ(streamed({"one ", "two", " three"}, {"two"}), (Parts{"one ", "", "", ""}));
  EXPECT_EQ(streamed({"one STOP two"}, {"STOP"}), (Parts{"one ", ""}));
  EXPECT_EQ(streamed({"STOP"}, {"STOP"}), (Parts{"", ""}));
}

TEST(TextStream, finds_a_stop_text_over_several_tokens) {
  EXPECT_EQ(streamed({"a\n", "Us", "er", ": b"}, {"\nUser:"}), (Parts{"a", "", "", "", ""}));
  const Bytes tokenizer;
  TextStream stream(tokenizer, {"😀"});
  EXPECT_EQ(parts_of(stream, tokenizer.encode("a😀b")), (Parts{"a", "", "", "", "", "", ""}));
  EXPECT_EQ(stream.stop(), "😀");
}

TEST(TextStream, gives_what_only_looked_like_a_stop_text) {
  EXPECT_EQ(streamed({"a\n", "Us", "ed", "\nU"}, {"\nUser:"}), (Parts{"a", "", "\nUsed", "", "\nU"}));
  // The beginning that failed holds another one.
  EXPECT_EQ(streamed({"aa", "a", "b!"}, {"aab"}), (Parts{"", "a", "", ""}));
}

TEST(TextStream, finds_the_shorter_of_two_stop_texts_first) {
  const Chunks tokenizer({"a\n", "\n"});
  TextStream stream(tokenizer, {"\n\n", "\n"});
  EXPECT_EQ(stream.add(0), "a");
  EXPECT_EQ(stream.stop(), "\n");
  EXPECT_EQ(stream.add(1), "");
}

TEST(TextStream, ends_at_the_same_place_however_tokens_cut_the_text) {
  const std::string text = "xabcabd";
  for (const std::vector<std::string>& stops :
       std::vector<std::vector<std::string>>{{"abd", "bd"}, {"abc", "b"}, {"ca", "abcab"}, {"cab", "ab"}}) {
    Random random(3);
    const std::string whole = joined(streamed({text}, stops));
    for (int round = 0; round < 50; ++round) {
      std::vector<std::string> chunks(1);
      for (const char c : text) {
        if (random.below(2) == 0) chunks.emplace_back();
        chunks.back() += c;
      }
      EXPECT_EQ(joined(streamed(chunks, stops)), whole) << stops[0] << ", round " << round;
    }
  }
  EXPECT_EQ(joined(streamed({text}, {"abc", "b"})), "xa");
  EXPECT_EQ(joined(streamed({text}, {"abd", "bd"})), "xabc");
}

TEST(TextStream, tells_which_stop_text_it_found) {
  const Bytes tokenizer;
  TextStream stream(tokenizer, {"end", "fin"});
  for (const Index id : tokenizer.encode("a fi")) stream.add(id);
  EXPECT_EQ(stream.stop(), std::nullopt);
  stream.add(tokenizer.encode("n")[0]);
  EXPECT_EQ(stream.stop(), "fin");
  EXPECT_EQ(stream.finish(), "");
}

TEST(TextStream, of_nothing_is_nothing) {
  const Bytes tokenizer;
  TextStream stream(tokenizer, {"x"});
  EXPECT_EQ(stream.finish(), "");
}

TEST(TextStream, refuses_stop_texts_that_nothing_can_match) {
  const Bytes tokenizer;
  EXPECT_THROW(TextStream(tokenizer, {""}), ConfigError);
  try {
    TextStream(tokenizer, {"a", "\xC3"});
    FAIL();
  } catch (const ConfigError& error) {
    EXPECT_STREQ(error.what(), "stop text '\\xC3': it must have a character at least, and be UTF-8");
  }
}

}  // namespace
}  // namespace heed
