#include "heed/data/tokenize.h"

#include <gtest/gtest.h>

#include "heed/base/parallel.h"
#include "heed/text/whitespace_tokenizer.h"
#include "tests/corpus/temporary_files.h"
#include "tests/support/shared_data.h"

namespace heed {
namespace {

using Tokens = std::vector<std::int32_t>;

Tokenizers words() {
  Tokenizers tokenizers;
  tokenizers.source = tokenizers.target = std::make_shared<const WhitespaceTokenizer>(
      "<pad>\n<s>\n</s>\n<unk>\na\nb\nc\n", BpeJoining::keep, "test");
  return tokenizers;
}

TEST(Tokenize, end_with_the_end_mark_on_both_sides) {
  const auto [examples, report] = tokenize(corpus_of({{"a b", "c"}, {"c", "b x a"}}), words());
  ASSERT_EQ(examples.size(), 2);
  EXPECT_EQ(examples.sequence(0, 0), (Tokens{4, 5, special::eos}));
  EXPECT_EQ(examples.sequence(0, 1), (Tokens{6, special::eos}));
  EXPECT_EQ(examples.sequence(1, 0), (Tokens{6, special::eos}));
  EXPECT_EQ(examples.sequence(1, 1), (Tokens{5, special::unk, 4, special::eos}));
  EXPECT_EQ(examples.tokens(0), 5);
  EXPECT_EQ(examples.tokens(1), 6);
  EXPECT_EQ(report.kept, 2);
}

TEST(Tokenize, leave_out_and_count_what_is_too_long_or_unbalanced_or_has_no_tokens) {
  const auto corpus =
      corpus_of({{"a b c", "a"}, {"a", "a b c"}, {"a a", "b"}, {"a", "b"}, {" ", "a"}, {"a", ""}});
  const auto [examples, report] = tokenize(corpus, words(), {.max_length = 2, .max_ratio = 1.5});
  EXPECT_EQ(examples.size(), 1);
  EXPECT_EQ(report.too_long, 2);
  EXPECT_EQ(report.unbalanced, 1);
  EXPECT_EQ(report.empty_source, 1);
  EXPECT_EQ(report.empty_target, 1);
  EXPECT_EQ(report.kept, 1);
  EXPECT_EQ(tokenize(corpus, words(), {.max_length = 0}).examples.size(), 4);
}

TEST(Tokenize, keep_their_order_whatever_the_number_of_threads) {
  std::vector<TextPair> pairs;
  for (int i = 0; i < 150'000; ++i) pairs.push_back({std::string(i % 5 + 1, 'a'), i % 3 ? "a b" : "c"});
  const auto corpus = corpus_of(std::move(pairs));
  const int threads = thread_count();
  set_thread_count(1);
  const Examples one = tokenize(corpus, words()).examples;
  set_thread_count(4);
  const Examples four = tokenize(corpus, words()).examples;
  set_thread_count(threads);
  ASSERT_EQ(one.size(), four.size());
  for (Index i = 0; i < one.size(); ++i) {
    ASSERT_EQ(one.sequence(i, 0), four.sequence(i, 0));
    ASSERT_EQ(one.sequence(i, 1), four.sequence(i, 1));
  }
}

TEST(Multi30k, comes_back_from_its_tokens) {
  const SharedData folder("multi30k/raw");
  if (!folder.here()) GTEST_SKIP() << folder.missing();
  const auto corpus = read_parallel(folder / "val.en.gz", folder / "val.de.gz");
  std::vector<std::string_view> english, german;
  for (const TextPair& pair : corpus.pairs) {
    english.push_back(pair.source);
    german.push_back(pair.target);
  }
  TokenizerConfig config;
  config.vocabulary_size = 2000;
  const Tokenizers tokenizers = train_tokenizers(config, english, german);
  EXPECT_EQ(tokenizers.source->vocabulary_size(), 2000);
  const auto [examples, report] = tokenize(corpus, tokenizers);
  EXPECT_EQ(report.kept, 1014);
  int same = 0;
  for (Index i = 0; i < examples.size(); ++i) {
    const auto tokens = examples.sequence(i, 1);
    same += tokenizers.target->decode(std::vector<Index>(tokens.begin(), tokens.end())) ==
            corpus.pairs[static_cast<std::size_t>(i)].target;
  }
  EXPECT_GE(same, 1000) << "all but the few lines that NFKC changes";
}

}  // namespace
}  // namespace heed
