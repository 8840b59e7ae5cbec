#include "heed/text/sentencepiece_tokenizer.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>

#include "heed/base/error.h"
#include "heed/base/files.h"

namespace heed {
namespace {

using namespace std::string_literals;

const std::vector<std::string_view> corpus{"the quick brown fox jumps over the lazy dog",
                                           "a dog and a fox are friends", "the fox is quick and brown",
                                           "how quickly daft jumping zebras vex",
                                           "pack my box with five dozen liquor jugs"};

SubwordOptions options(SubwordAlgorithm algorithm) {
  return {.algorithm = algorithm, .vocabulary_size = 330, .character_coverage = 1.0, .threads = 2};
}

class TrainedSubwordsOf : public testing::TestWithParam<SubwordAlgorithm> {
 protected:
  const std::shared_ptr<const SentencePieceTokenizer> tokenizer_ =
      train_subwords(corpus, options(GetParam())).tokenizer;

  std::string round_trip(std::string_view text) const { return tokenizer_->decode(tokenizer_->encode(text)); }
};

INSTANTIATE_TEST_SUITE_P(Algorithms, TrainedSubwordsOf,
                         testing::Values(SubwordAlgorithm::unigram, SubwordAlgorithm::bpe),
                         [](const auto& algorithm) {
                           return algorithm.param == SubwordAlgorithm::bpe ? "bpe"s : "unigram"s;
                         });

TEST_P(TrainedSubwordsOf, give_the_special_ids_their_places) {
  EXPECT_EQ(tokenizer_->find("<pad>"), special::pad);
  EXPECT_EQ(tokenizer_->find("<s>"), special::bos);
  EXPECT_EQ(tokenizer_->find("</s>"), special::eos);
  EXPECT_EQ(tokenizer_->find("<unk>"), special::unk);
  EXPECT_EQ(tokenizer_->piece(special::eos), "</s>");
}

TEST_P(TrainedSubwordsOf, restore_what_they_encode) {
  for (const std::string text : {"the lazy fox", "a", "", "emoji 👩‍🚀👍 and 漢字, ß, €",
                                 "tags <s> </s> <unk> <0x41> ▁ ▅"})
    EXPECT_EQ(round_trip(text),
              text == "tags <s> </s> <unk> <0x41> ▁ ▅" ? "tags <s> </s> <unk> <0x41> ▅" : text);
}

TEST_P(TrainedSubwordsOf, take_spaces_as_one) { EXPECT_EQ(round_trip("  the \t dog  "), "the dog"); }

TEST_P(TrainedSubwordsOf, never_encode_text_into_special_ids) {
  for (const std::string text : {"<s>", "</s>", "<pad>", "<unk>", "日本", "\xFF\xFE", "a\0b"})
    for (const Index id : tokenizer_->encode(text)) EXPECT_GE(id, special::count) << text;
}

TEST_P(TrainedSubwordsOf, leave_special_ids_out_of_text) {
  std::vector<Index> ids = tokenizer_->encode("the dog");
  ids.insert(ids.begin(), special::bos);
  ids.insert(ids.end(), {special::eos, special::unk, special::pad});
  EXPECT_EQ(tokenizer_->decode(ids), "the dog");
}

TEST_P(TrainedSubwordsOf, take_any_bytes) {
  EXPECT_TRUE(tokenizer_->encode("").empty());
  EXPECT_TRUE(tokenizer_->encode(" \t ").empty());
  EXPECT_EQ(round_trip("a\xFF"s), "a\uFFFD");
  EXPECT_EQ(round_trip("dog\0fox"s).substr(0, 3), "dog");
  std::string all_bytes;
  for (int byte = 0; byte < 256; ++byte) all_bytes += static_cast<char>(byte);
  EXPECT_FALSE(tokenizer_->encode(all_bytes).empty());
}

TEST_P(TrainedSubwordsOf, take_lines_of_ten_thousand_tokens_and_more) {
  std::string words, run(100'000, 'x');
  for (int i = 0; i < 10'000; ++i) words += i == 0 ? "zebra" : " zebra";
  EXPECT_EQ(round_trip(words), words);
  EXPECT_EQ(round_trip(run), run);
}

TEST_P(TrainedSubwordsOf, come_back_from_their_file) {
  const auto path =
      std::filesystem::path(testing::TempDir()) / ("subwords_" + std::to_string(::getpid()) + ".model");
  tokenizer_->save(path);
  const auto again = SentencePieceTokenizer::open(path);
  EXPECT_EQ(again.vocabulary_size(), tokenizer_->vocabulary_size());
  EXPECT_EQ(again.encode("how quick is 漢?"), tokenizer_->encode("how quick is 漢?"));
  std::filesystem::remove(path);
}

TEST_P(TrainedSubwordsOf, are_the_same_bytes_again) {
  EXPECT_EQ(tokenizer_->serialized(), train_subwords(corpus, options(GetParam())).tokenizer->serialized());
}

TEST_P(TrainedSubwordsOf, refuse_a_model_cut_anywhere) {
  const std::string whole = tokenizer_->serialized();
  for (std::size_t size = 0; size < whole.size() - 1; size += 1 + size / 50)
    EXPECT_THROW(SentencePieceTokenizer(whole.substr(0, size), "cut.model"), CheckpointError) << size;
}

TEST_P(TrainedSubwordsOf, refuse_ids_outside_the_vocabulary) {
  for (const Index id : {Index{-1}, tokenizer_->vocabulary_size(), Index{1} << 40}) {
    EXPECT_THROW(tokenizer_->decode({{id}}), DataError);
    EXPECT_THROW(tokenizer_->piece(id), DataError);
  }
}

TEST_P(TrainedSubwordsOf, lower_a_vocabulary_that_the_text_cannot_fill) {
  SubwordOptions large = options(GetParam());
  large.vocabulary_size = 8000;
  const auto [tokenizer, report] = train_subwords(corpus, large);
  EXPECT_LT(report.vocabulary, 1000);
  EXPECT_EQ(report.vocabulary, tokenizer->vocabulary_size());
  ASSERT_EQ(report.notes().size(), 1u);
  EXPECT_NE(report.notes()[0].find("not 8000"), std::string::npos);
}

TEST_P(TrainedSubwordsOf, refuse_a_vocabulary_too_small_for_the_characters) {
  SubwordOptions small = options(GetParam());
  small.vocabulary_size = 262;
  try {
    train_subwords(corpus, small);
    FAIL() << "learned";
  } catch (const ConfigError& error) {
    const std::string said = error.what();
    EXPECT_NE(said.find("raise vocabulary_size, or lower character_coverage"), std::string::npos) << said;
    EXPECT_EQ(said.find(".cc("), std::string::npos) << said;
  }
}

TEST_P(TrainedSubwordsOf, are_learnt_from_very_little) {
  for (const std::vector<std::string_view>& little : {std::vector<std::string_view>{"a"},
                                                      {"a", "a", "a"},
                                                      {"the dog", "\t", "  "},
                                                      {"👍"},
                                                      {"\xFF\xFF ok"}}) {
    SubwordOptions large = options(GetParam());
    large.vocabulary_size = 8000;
    const auto tokenizer = train_subwords(little, large).tokenizer;
    EXPECT_EQ(tokenizer->decode(tokenizer->encode("something else")), "something else");
  }
}

TEST_P(TrainedSubwordsOf, count_the_sentences_they_cannot_learn_from) {
  std::vector<std::string_view> sentences = corpus;
  const std::string long_one(20'000, 'a'), nul("a\0b", 3);
  sentences.insert(sentences.end(), {long_one, nul, "", "odd ▅"});
  const SubwordReport report = train_subwords(sentences, options(GetParam())).report;
  EXPECT_EQ(report.sentences, static_cast<Index>(corpus.size()));
  EXPECT_EQ(report.too_long, 1);
  EXPECT_EQ(report.unusable, 3);
}

TEST_P(TrainedSubwordsOf, need_something_to_learn_from) {
  EXPECT_THROW(train_subwords({}, options(GetParam())), DataError);
  const std::vector<std::string_view> blank{"",       "  ",     "\t",     "\x01", "\u200B",
                                            "\uFEFF", "\u00A0", "\u2581", "\xFF"};
  EXPECT_THROW(train_subwords(blank, options(GetParam())), DataError);
}

TEST_P(TrainedSubwordsOf, refuse_settings_out_of_range) {
  const auto refused = [&](auto change) {
    SubwordOptions odd = options(GetParam());
    change(odd);
    EXPECT_THROW(train_subwords(corpus, odd), ConfigError);
  };
  for (const Index size : {-1, 0, 4, 2'000'000}) refused([&](auto& o) { o.vocabulary_size = size; });
  for (const double share : {-1.0, 0.0, 1.5, std::nan("")})
    refused([&](auto& o) { o.character_coverage = share; });
  for (const int threads : {-1, 0, 1000}) refused([&](auto& o) { o.threads = threads; });
  for (const Index bytes : {-1, 0, 9}) refused([&](auto& o) { o.max_sentence_bytes = bytes; });
  for (const char* name : {"", "nfd"}) refused([&](auto& o) { o.normalization = name; });
}

TEST_P(TrainedSubwordsOf, work_with_every_normalization) {
  for (const char* name : {"nmt_nfkc", "nfkc", "nmt_nfkc_cf", "nfkc_cf", "identity"}) {
    SubwordOptions odd = options(GetParam());
    odd.normalization = name;
    const auto tokenizer = train_subwords(corpus, odd).tokenizer;
    EXPECT_EQ(tokenizer->decode(tokenizer->encode("a fox")), "a fox") << name;
  }
}

class ExactSubwordsOf : public testing::TestWithParam<SubwordAlgorithm> {
 protected:
  static TrainedSubwords trained(std::span<const std::string_view> texts, Index max_sentence_bytes = 16384) {
    return train_subwords(texts, {.algorithm = GetParam(),
                                  .vocabulary_size = 330,
                                  .character_coverage = 1,
                                  .white_space = WhiteSpace::exact,
                                  .normalization = "identity",
                                  .max_sentence_bytes = max_sentence_bytes,
                                  .threads = 2});
  }
  static void expect_given_back(const Tokenizer& tokenizer, const std::string& text) {
    EXPECT_EQ(tokenizer.decode(tokenizer.encode(text)), text);
  }
};

INSTANTIATE_TEST_SUITE_P(Algorithms, ExactSubwordsOf,
                         testing::Values(SubwordAlgorithm::unigram, SubwordAlgorithm::bpe),
                         [](const auto& algorithm) {
                           return algorithm.param == SubwordAlgorithm::bpe ? "bpe"s : "unigram"s;
                         });

TEST_P(ExactSubwordsOf, give_back_any_bytes) {
  const auto tokenizer = trained(corpus).tokenizer;
  std::string all_bytes;
  for (int byte = 0; byte < 256; ++byte) all_bytes += static_cast<char>(byte);
  for (const std::string& text :
       {"the lazy  fox\n\n\nand\tthe dog \r\n"s, " the"s, "\n"s, "   "s, "\u2581 \u2585 \u2581"s, "a\0b"s,
        "e\u0301\uFB01\uFEFF\U0001F680"s, "\xFF\xC3 cut \xE2\x96"s, all_bytes, "<s></s><unk><0x41>"s})
    expect_given_back(*tokenizer, text);
}

TEST_P(ExactSubwordsOf, give_back_each_half_of_a_text_as_it_was) {
  const auto tokenizer = trained(corpus).tokenizer;
  const std::string text = "the dog  and\nthe quick fox";
  const std::vector<Index> ids = tokenizer->encode(text);
  for (std::size_t cut = 0; cut <= ids.size(); ++cut)
    EXPECT_EQ(tokenizer->decode(std::span(ids).first(cut)) + tokenizer->decode(std::span(ids).subspan(cut)),
              text);
}

TEST_P(ExactSubwordsOf, use_pieces_of_words_and_a_byte_for_the_end_of_a_line) {
  const auto tokenizer = trained(corpus).tokenizer;
  EXPECT_LT(tokenizer->encode("a dog and a fox").size(), 15u);
  EXPECT_EQ(tokenizer->encode("\n"), std::vector<Index>{*tokenizer->find("<0x0A>")});
}

TEST_P(ExactSubwordsOf, learn_from_long_texts_and_those_without_spaces) {
  std::string document, one_word(5000, 'x');
  for (int i = 0; i < 200; ++i) document += "the quick brown fox " + std::to_string(i) + (i % 9 ? " " : "\n");
  const TrainedSubwords from_document = trained(std::vector<std::string_view>{document}, 100);
  EXPECT_EQ(from_document.report.too_long, 0);
  EXPECT_GT(from_document.report.sentences, 20);
  expect_given_back(*from_document.tokenizer, document);
  for (const std::string& text : {one_word, "\u6F22\u5B57\u6F22"s, "a\u2581b"s}) {
    const auto tokenizer = trained(std::vector<std::string_view>{text}, 100).tokenizer;
    expect_given_back(*tokenizer, text);
    expect_given_back(*tokenizer, "spaces it has  never met\n");
  }
}

TEST_P(ExactSubwordsOf, need_pieces_for_bytes_and_no_normalization) {
  const auto refused = [](SubwordOptions odd) {
    odd.white_space = WhiteSpace::exact;
    EXPECT_THROW(train_subwords(corpus, odd), ConfigError);
  };
  refused({.byte_fallback = false, .normalization = "identity"});
  refused({.normalization = "nfkc"});
  SubwordOptions without = options(GetParam());
  without.byte_fallback = false;
  without.vocabulary_size = 60;
  const std::string model = train_subwords(corpus, without).tokenizer->serialized();
  EXPECT_THROW(SentencePieceTokenizer(model, "no bytes", WhiteSpace::exact), CheckpointError);
}

TEST(SentencePieceTokenizer, refuses_what_is_no_model) {
  for (const std::string& bytes :
       {""s, "hello"s, std::string(1000, '\0'), "\x0A\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x7F"s})
    EXPECT_THROW(SentencePieceTokenizer(bytes, "foreign.model"), CheckpointError);
  EXPECT_THROW(SentencePieceTokenizer::open("/nowhere/at.all.model"), FileError);
}

TEST(SentencePieceTokenizer, keeps_digits_apart_if_asked_to) {
  std::vector<std::string> lines;
  for (int i = 0; i < 300; ++i)
    lines.push_back("In " + std::to_string(1900 + i % 7) + " there were 1234 of them");
  const std::vector<std::string_view> sentences(lines.begin(), lines.end());
  const auto digits_of = [&](bool split) {
    const auto tokenizer =
        train_subwords(sentences, {.vocabulary_size = 320, .split_digits = split, .character_coverage = 1})
            .tokenizer;
    std::ptrdiff_t most = 0;
    for (const Index id : tokenizer->encode("In 1234 there were 1900 of them")) {
      const std::string piece = tokenizer->piece(id);
      most = std::max(most,
                      std::count_if(piece.begin(), piece.end(), [](char c) { return c >= '0' && c <= '9'; }));
    }
    return most;
  };
  EXPECT_EQ(digits_of(true), 1);
  EXPECT_GT(digits_of(false), 1);
}

}  // namespace
}  // namespace heed
