#include "heed/ngram/transition_table.h"

#include <gtest/gtest.h>

#include <map>

#include "tests/ngram/lecture.h"

namespace heed {
namespace {

using Rows = std::map<std::string, std::map<std::string, double>>;

Rows rows(const TransitionTable& table) {
  Rows rows;
  for (const auto& context : table.contexts()) {
    auto& row = rows[spelled(table.vocabulary(), context)];
    for (const auto& [word, weight, probability] : table.row(context))
      row[std::string(table.vocabulary().word(word))] = probability;
  }
  return rows;
}

TransitionTable table_of(const Weighted& sentences, Index order, SentenceMarks marks = SentenceMarks::none) {
  return TransitionTable(counted(sentences, order + 1, marks));
}

TEST(TransitionTable, of_first_order_is_the_lectures) {
  EXPECT_EQ(rows(table_of(directories, 1)),
            (Rows{{"directories", {{"please", 1}}},
                  {"files", {{"please", 1}}},
                  {"me", {{"my", 1}}},
                  {"my", {{"directories", .2}, {"files", .3}, {"photos", .5}}},
                  {"photos", {{"please", 1}}},
                  {"please", {}},
                  {"show", {{"me", 1}}}}));
  EXPECT_EQ(rows(table_of(battery, 1)), (Rows{{"battery", {{"ran", 1}}},
                                              {"check", {{"whether", 1}}},
                                              {"down", {{"please", 1}}},
                                              {"please", {}},
                                              {"program", {{"ran", 1}}},
                                              {"ran", {{"down", .4}, {"please", .6}}},
                                              {"the", {{"battery", .4}, {"program", .6}}},
                                              {"whether", {{"the", 1}}}}));
}

TEST(TransitionTable, of_second_order_is_the_lectures) {
  EXPECT_EQ(rows(table_of(battery, 2)), (Rows{{"battery ran", {{"down", 1}}},
                                              {"check whether", {{"the", 1}}},
                                              {"down please", {}},
                                              {"program ran", {{"please", 1}}},
                                              {"ran down", {{"please", 1}}},
                                              {"ran please", {}},
                                              {"the battery", {{"ran", 1}}},
                                              {"the program", {{"ran", 1}}},
                                              {"whether the", {{"battery", .4}, {"program", .6}}}}));
}

TEST(TransitionTable, answers_single_questions) {
  const TransitionTable first = table_of(battery, 1);
  EXPECT_EQ(first.probability("ran", "down"), .4);
  EXPECT_EQ(first.probability("ran", "battery"), 0);
  EXPECT_EQ(first.probability("ran", "unheard-of"), 0);
  EXPECT_EQ(first.probability("unheard-of", "ran"), 0);
  EXPECT_EQ(first.probability("program ran", "please"), 0) << "a context of another order";
}

TEST(TransitionTable, lists_words_by_their_spelling) {
  const TransitionTable table = table_of(directories, 1);
  EXPECT_EQ(spelled(table.vocabulary(), table.words()), "directories files me my photos please show");
}

TEST(TransitionTable, has_marks_where_they_are_counted) {
  const Rows with_marks = rows(table_of(battery, 1, SentenceMarks::both));
  EXPECT_EQ(with_marks.at("<s>"), (std::map<std::string, double>{{"check", 1}}));
  EXPECT_EQ(with_marks.at("please"), (std::map<std::string, double>{{"</s>", 1}}));
  EXPECT_FALSE(with_marks.contains("</s>"));
}

TEST(TransitionTable, of_nothing_and_of_single_words_is_empty) {
  EXPECT_TRUE(rows(table_of({}, 1)).empty());
  EXPECT_EQ(rows(table_of({{"alone", 1}}, 1)), (Rows{{"alone", {}}}));
  EXPECT_TRUE(rows(table_of({{"alone", 1}}, 2)).empty());
}

TEST(TransitionTable, counts_in_any_order_of_sentences) {
  const Weighted turned(logs.rbegin(), logs.rend());
  EXPECT_EQ(rows(table_of(logs, 3)), rows(table_of(turned, 3)));
  EXPECT_EQ(rows(table_of(logs, 9)).at("battery log and find out whether it ran down"),
            (std::map<std::string, double>{{"please", 1}}));
}

}  // namespace
}  // namespace heed
