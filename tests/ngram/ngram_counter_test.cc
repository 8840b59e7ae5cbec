#include "heed/ngram/ngram_counter.h"

#include <gtest/gtest.h>

#include <limits>
#include <map>

#include "heed/base/parallel.h"
#include "heed/base/random.h"
#include "heed/ngram/transition_table.h"
#include "heed/ngram/words.h"
#include "tests/ngram/lecture.h"
#include "tests/support/tensors.h"

namespace heed {
namespace {

using Counts = std::map<std::string, double>;

Counts counts_of(const CountedNgrams& counted) {
  Counts counts;
  for (Index n = 1; n <= counted.order(); ++n)
    counted.tree.for_each(n, [&](std::span<const WordId> words, NgramTree::Node node) {
      EXPECT_EQ(counted.tree.find(words), node);
      if (counted.count(n, node) > 0) counts[spelled(counted.vocabulary, words)] = counted.count(n, node);
    });
  return counts;
}

/// The same, as anybody would count them.
Counts plain_counts(const std::vector<std::string>& sentences, std::size_t order, SentenceMarks marks) {
  Counts counts;
  for (const std::string& sentence : sentences) {
    std::vector<std::string_view> words = words_of(sentence);
    if (marks == SentenceMarks::both) {
      words.insert(words.begin(), "<s>");
      words.push_back("</s>");
    }
    for (std::size_t i = 0; i < words.size(); ++i) {
      std::string text;
      for (std::size_t n = 0; n < order && i + n < words.size(); ++n) {
        (text += n == 0 ? "" : " ") += words[i + n];
        ++counts[text];
      }
    }
  }
  return counts;
}

std::vector<std::string> random_sentences(std::uint64_t seed, int count) {
  Random random(seed);
  std::vector<std::string> sentences(static_cast<std::size_t>(count));
  for (std::string& sentence : sentences)
    for (std::uint32_t words = random.below(9); words > 0; --words)
      sentence += random.below(8) == 0 ? "<unk> " : message("w", random.below(6), ' ');
  return sentences;
}

TEST(NgramCounter, counts_as_one_would_by_hand) {
  for (const SentenceMarks marks : {SentenceMarks::none, SentenceMarks::both})
    for (const Index order : {1, 2, 3, 5}) {
      const std::vector<std::string> sentences = random_sentences(static_cast<std::uint64_t>(order), 200);
      NgramCounter counter(order, marks);
      for (const std::string& sentence : sentences) counter.add(sentence);
      EXPECT_EQ(counts_of(std::move(counter).finish()),
                plain_counts(sentences, static_cast<std::size_t>(order), marks))
          << "order " << order;
    }
}

TEST(NgramCounter, counts_the_same_with_any_number_of_threads) {
  const std::vector<std::string> sentences = random_sentences(7, 20'000);
  std::vector<Counts> counts;
  const int before = thread_count();
  for (const int threads : {1, 3}) {
    set_thread_count(threads);
    NgramCounter counter(4);
    for (const std::string& sentence : sentences) counter.add(sentence);
    counts.push_back(counts_of(std::move(counter).finish()));
  }
  set_thread_count(before);
  EXPECT_EQ(counts[0], counts[1]);
}

TEST(NgramCounter, counts_sentences_by_their_weights) {
  const Counts counts = counts_of(counted({{"a b", 2}, {"b a b", .5}, {"a b", 2}}, 2));
  EXPECT_EQ(counts, (Counts{{"a", 4.5}, {"b", 5}, {"a b", 4.5}, {"b a", .5}}));
}

TEST(NgramCounter, takes_white_space_of_any_length_and_empty_sentences) {
  NgramCounter counter(2);
  counter.add(" \t a\v\fb\r\n");
  counter.add("");
  EXPECT_EQ(counter.words(), 2);
  EXPECT_EQ(counter.sentences(), 2);
  EXPECT_EQ(counts_of(std::move(counter).finish()).at("<s> </s>"), 1);
}

TEST(NgramCounter, refuses_marks_among_the_words_and_goes_on_without_them) {
  NgramCounter counter(2);
  counter.add("a b");
  const std::string said = message_of<DataError>([&] { counter.add("a </s> b"); });
  EXPECT_NE(said.find("</s> is the mark of a sentence's end"), std::string::npos) << said;
  EXPECT_EQ(counter.words(), 2);
  EXPECT_EQ(counts_of(std::move(counter).finish()).at("a"), 1);
}

TEST(NgramCounter, refuses_weights_and_orders_that_are_none) {
  NgramCounter counter(2);
  for (const double weight :
       {0.0, -1.0, std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()})
    EXPECT_THROW(counter.add("a b", weight), DataError) << weight;
  EXPECT_THROW(NgramCounter(0), ConfigError);
  EXPECT_THROW(NgramCounter(NgramTree::max_order + 1), ConfigError);
}

TEST(NgramCounter, bears_an_enormous_vocabulary) {
  NgramCounter counter(3);
  for (int i = 0; i < 100'000; ++i) counter.add(message("w", i, " v", i));
  const CountedNgrams counted = std::move(counter).finish();
  EXPECT_EQ(counted.vocabulary.size(), 200'003);
  EXPECT_EQ(counted.tree.size(3), 200'000);
  EXPECT_EQ(counted.vocabulary.word(*counted.vocabulary.find("v99999")), "v99999");
  EXPECT_FALSE(counted.vocabulary.find("w100000"));
}

}  // namespace
}  // namespace heed
