#include "heed/ngram/estimation.h"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <sstream>

#include "heed/base/files.h"
#include "heed/io/line_reader.h"
#include "heed/ngram/arpa_parser.h"
#include "heed/ngram/fluency.h"
#include "heed/ngram/transition_table.h"
#include "heed/ngram/words.h"
#include "tests/ngram/lecture.h"
#include "tests/support/shared_data.h"
#include "tests/support/tensors.h"

namespace heed {
namespace {

const std::filesystem::path golden = HEED_SOURCE_DIR "/tests/golden/ngram";

NgramModel open(const std::filesystem::path& path) {
  LineReader reader(path);
  ArpaParser parser(path.string());
  while (const auto line = reader.next()) parser.add(*line);
  return std::move(parser).finish();
}

NgramModel trained(const std::filesystem::path& text, Index order) {
  NgramCounter counter(order);
  for (const std::string& line : read_lines(text)) counter.add(line);
  return kneser_ney(std::move(counter).finish()).model;
}

/// The model's numbers under the words of another.
std::vector<WordId> translated(const NgramModel& to, const NgramModel& from, std::span<const WordId> words) {
  std::vector<WordId> result;
  for (const WordId word : words)
    result.push_back(to.vocabulary().find(from.vocabulary().word(word)).value_or(0xFFFFFFFE));
  return result;
}

// KenLM computes in float32.
constexpr float close = 2e-5f;

void expect_same_model(const NgramModel& ours, const NgramModel& theirs) {
  ASSERT_EQ(ours.order(), theirs.order());
  for (Index n = 1; n <= theirs.order(); ++n) {
    ASSERT_EQ(ours.tree().size(n), theirs.tree().size(n)) << n << "-grams";
    theirs.tree().for_each(n, [&](std::span<const WordId> words, NgramTree::Node node) {
      const NgramTree::Node found = ours.tree().find(translated(ours, theirs, words));
      const std::string text = spelled(theirs.vocabulary(), words);
      ASSERT_NE(found, NgramTree::none) << text;
      // KenLM says that <s> is certain, others that it never comes; nobody asks.
      if (text != "<s>") {
        ASSERT_NEAR(ours.level(n).probabilities[found], theirs.level(n).probabilities[node], close) << text;
      }
      if (n < theirs.order()) {
        ASSERT_NEAR(ours.level(n).backoffs[found], theirs.level(n).backoffs[node], close) << text;
      }
    });
  }
}

TEST(KneserNey, estimates_the_models_that_kenlm_estimates) {
  for (const Index order : {3, 5})
    expect_same_model(trained(golden / "train.txt", order),
                      open(golden / message("kenlm", order, ".arpa.gz")));
}

TEST(KneserNey, scores_as_kenlm_does) {
  const auto answers = nlohmann::json::parse(read_file(golden / "kenlm.json"));
  const std::vector<std::string> lines = read_lines(golden / "test.txt");
  for (const auto& answer : answers["models"]) {
    const NgramModel model = trained(golden / "train.txt", answer["order"].get<Index>());
    FluencyScore all;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const FluencyScore score = fluency(model, lines[i]);
      EXPECT_NEAR(score.log_probability / std::log(10), answer["log10_probabilities"][i].get<double>(), 1e-4);
      EXPECT_EQ(score.unknown, answer["unknown"][i].get<Index>());
      all.add(score);
    }
    EXPECT_EQ(all.predictions(), answer["predictions"].get<Index>());
    EXPECT_NEAR(all.perplexity() / answer["perplexity"].get<double>(), 1, 1e-5);
    EXPECT_NEAR(all.perplexity_of_known() / answer["perplexity_of_known"].get<double>(), 1, 1e-5);
  }
}

/// All probabilities after some words together.
double sum_after(const NgramModel& model, std::string_view text) {
  NgramModel::Context context = model.sentence_start();
  for (const WordScore& word : score_words(model, text))
    if (word.word != Vocabulary::end) model.advance(context, word.word);
  double sum = 0;
  for (WordId word = 0; word < static_cast<WordId>(model.vocabulary().size()); ++word) {
    NgramModel::Context copy = context;
    if (word != Vocabulary::begin)
      sum += std::pow(10.0, static_cast<double>(model.advance(copy, word).log10_probability));
  }
  return sum;
}

TEST(KneserNey, gives_probabilities_that_sum_to_one_after_any_words) {
  for (const Index order : {1, 2, 4}) {
    const NgramModel model = trained(golden / "train.txt", order);
    for (const char* text : {"", "at", "two hundred", "in the", "in the unheard-of afternoon", "and and and"})
      EXPECT_NEAR(sum_after(model, text), 1, 1e-5) << order << ": " << text;
  }
}

TEST(KneserNey, learns_from_very_little) {
  for (const char* text : {"alone", "a a a a", ""}) {
    const KneserNeyModel estimated = kneser_ney(counted({{text, 1}}, 3, SentenceMarks::both));
    EXPECT_NEAR(sum_after(estimated.model, "a"), 1, 1e-5) << text;
    EXPECT_TRUE(estimated.discounts[0].guessed) << text;
  }
}

TEST(KneserNey, takes_whole_weights_as_repetitions_and_refuses_others) {
  const NgramModel thrice = kneser_ney(counted({{"a b", 3}, {"b", 1}}, 2, SentenceMarks::both)).model,
                   written = kneser_ney(counted({{"a b", 1}, {"a b", 1}, {"b", 1}, {"a b", 1}}, 2,
                                                SentenceMarks::both))
                                 .model;
  EXPECT_EQ(fluency(thrice, "b b").log_probability, fluency(written, "b b").log_probability);
  const std::string said =
      message_of<DataError>([] { kneser_ney(counted(battery, 2, SentenceMarks::both)); });
  EXPECT_NE(said.find("whole weights"), std::string::npos) << said;
}

TEST(KneserNey, refuses_to_learn_from_nothing) {
  EXPECT_THROW(kneser_ney(counted({}, 3, SentenceMarks::both)), DataError);
  EXPECT_THROW(unsmoothed(counted({}, 3, SentenceMarks::both)), DataError);
}

TEST(Unsmoothed, gives_the_lectures_probabilities_and_nothing_to_what_was_not_seen) {
  const NgramModel model = unsmoothed(counted(battery, 3, SentenceMarks::both));
  EXPECT_NEAR(std::exp(fluency(model, "check whether the program ran please").log_probability), .6, 1e-6);
  EXPECT_NEAR(std::exp(fluency(model, "check whether the battery ran down please").log_probability), .4,
              1e-6);
  const FluencyScore never = fluency(model, "check whether the program ran down please");
  EXPECT_EQ(never.impossible, 1);
  EXPECT_TRUE(std::isinf(never.perplexity()));
  EXPECT_NEAR(sum_after(model, "check whether the"), 1, 1e-6);
}

/// What KenLM 0.3.0 says of the same text: lmplz -o ORDER < TRAIN | query -v summary TEST.
struct Peer {
  Index order;
  double perplexity, of_known;
};

// What is asked for is 1 %; both compute the same, KenLM in float32.
void expect_perplexity(const FluencyScore& score, const Peer& peer) {
  EXPECT_NEAR(score.perplexity() / peer.perplexity, 1, 1e-5) << peer.order;
  EXPECT_NEAR(score.perplexity_of_known() / peer.of_known, 1, 1e-5) << peer.order;
}

FluencyScore score_of(const NgramModel& model, const std::vector<std::string>& lines) {
  FluencyScore all;
  for (const std::string& line : lines) all.add(fluency(model, line));
  return all;
}

TEST(KneserNey, has_kenlms_perplexity_on_multi30k) {
  const SharedData text("multi30k/tok");
  if (!text.here()) GTEST_SKIP() << text.missing();
  const auto test = read_lines(text / "test_2016_flickr.lc.norm.tok.en.gz");
  for (const Peer& peer :
       {Peer{3, 37.02981308386244, 33.58442040414709}, Peer{5, 35.79952554964231, 32.44499590685108}})
    expect_perplexity(score_of(trained(text / "train.lc.norm.tok.en.gz", peer.order), test), peer);
}

/// The first nine tenths of its characters to learn from, the rest to score; lines that are not blank.
TEST(KneserNey, has_kenlms_perplexity_on_tiny_shakespeare) {
  const SharedData file("lm-tinyshakespeare/input.txt");
  if (!file.here()) GTEST_SKIP() << file.missing();
  const std::string text = read_file(file.path());
  const std::size_t cut = text.size() * 9 / 10;
  const auto lines = [](const std::string& part) {
    std::vector<std::string> found;
    std::istringstream in(part);
    for (std::string line; std::getline(in, line);)
      if (!words_of(line).empty()) found.push_back(line);
    return found;
  };
  for (const Peer& peer : {Peer{3, 575.4132462939142, 286.16820211888535}}) {
    NgramCounter counter(peer.order);
    for (const std::string& line : lines(text.substr(0, cut))) counter.add(line);
    const NgramModel model = kneser_ney(std::move(counter).finish()).model;
    expect_perplexity(score_of(model, lines(text.substr(cut))), peer);
  }
}

}  // namespace
}  // namespace heed
