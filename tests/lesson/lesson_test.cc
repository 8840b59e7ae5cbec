#include "heed/lesson/lesson.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "heed/backend/cpu/cpu_backend.h"
#include "heed/base/error.h"
#include "heed/lesson/attention_by_hand.h"
#include "heed/lesson/before_attention.h"
#include "heed/lesson/counting.h"

namespace heed {
namespace {

using nlohmann::json;

json counting() {
  CpuBackend backend;
  return counting_lesson(backend);
}

/// The entry of a table under these names; -1 where there is no such row or column.
double at(const json& table, const std::string& row, const std::string& column) {
  const std::vector<std::string> rows = table["rows"], columns = table["columns"];
  const auto r = std::find(rows.begin(), rows.end(), row),
             c = std::find(columns.begin(), columns.end(), column);
  if (r == rows.end() || c == columns.end()) return -1;
  return table["values"][static_cast<std::size_t>(r - rows.begin())]
              [static_cast<std::size_t>(c - columns.begin())];
}

double sum(const json& row) {
  double all = 0;
  for (const double value : row) all += value;
  return all;
}

TEST(Lesson, has_the_lectures_first_order_matrix) {
  const json table = counting()["first"]["table"];
  EXPECT_EQ(table["columns"],
            (std::vector<std::string>{"directories", "files", "me", "my", "photos", "please", "show"}));
  EXPECT_EQ(table["values"], json::parse(R"([
    [0, 0, 0, 0, 0, 1, 0], [0, 0, 0, 0, 0, 1, 0], [0, 0, 0, 1, 0, 0, 0], [0.2, 0.3, 0, 0, 0.5, 0, 0],
    [0, 0, 0, 0, 0, 1, 0], [0, 0, 0, 0, 0, 0, 0], [0, 0, 1, 0, 0, 0, 0]])"));
}

TEST(Lesson, has_the_lectures_second_order_matrix) {
  const json second = counting()["second"];
  EXPECT_EQ(at(second["first"], "ran", "down"), 0.4);
  EXPECT_EQ(at(second["first"], "ran", "please"), 0.6);
  EXPECT_EQ(at(second["table"], "battery ran", "down"), 1);
  EXPECT_EQ(at(second["table"], "program ran", "please"), 1);
  EXPECT_EQ(at(second["table"], "whether the", "battery"), 0.4);
  EXPECT_EQ(at(second["table"], "whether the", "program"), 0.6);
}

TEST(Lesson, counts_the_lectures_votes_before_and_after_masking) {
  const json skips = counting()["skips"];
  EXPECT_EQ(skips["unmasked"], json::parse(R"({"down": 4, "please": 5})"));
  EXPECT_EQ(skips["masked"], json::parse(R"({"down": 0, "please": 1})"));
  EXPECT_EQ(skips["mask"], json::parse(R"([{"earlier": "battery", "recent": "ran", "bits": 1},
                                           {"earlier": "program", "recent": "ran", "bits": 1}])"));
}

TEST(Lesson, gives_the_same_votes_by_products_by_a_layer_and_by_learning) {
  const json all = counting();
  EXPECT_EQ(at(all["products"]["votes"], "votes", "please"), 1);
  EXPECT_EQ(at(all["products"]["votes"], "votes", "down"), 0);
  EXPECT_EQ(all["feed_forward"]["votes"]["values"], json::parse("[[1.5, 0.5], [0.5, 1.5]]"));
}

TEST(Lesson, learns_the_mask_from_looking_at_all_words_alike) {
  const json steps = counting()["learned"];
  for (const json& weight : steps.front()["weights"]["values"][0])
    EXPECT_NEAR(weight.get<double>(), 1.0 / 9, 1e-6);
  EXPECT_NEAR(at(steps.front()["votes"], "next", "down"), 4.0 / 9, 1e-6);
  EXPECT_NEAR(at(steps.front()["votes"], "next", "please"), 5.0 / 9, 1e-6);
  for (std::size_t i = 1; i < steps.size(); ++i)
    EXPECT_LT(steps[i]["loss"].get<double>(), steps[i - 1]["loss"].get<double>()) << i;
  EXPECT_GT(at(steps.back()["votes"], "next", "please"), 0.99);
  EXPECT_GT(at(steps.back()["weights"], "ran", "program"), 0.99);
}

TEST(Lesson, pulls_rows_out_of_the_matrix_with_one_hot_vectors) {
  const json all = counting();
  EXPECT_EQ(all["one_hot"]["pulled"], all["first"]["table"]);
  EXPECT_EQ(all["one_hot"]["dot"], all["one_hot"]["one_hot"]);
}

TEST(Lesson, has_positions_and_weights_that_add_up) {
  CpuBackend backend;
  const json all = attention_by_hand(backend);
  EXPECT_EQ(at(all["positions"]["table"], "0", "1"), 1);
  EXPECT_NEAR(at(all["positions"]["table"], "1", "0"), 0.841471, 1e-6);
  for (const json& row : all["attention"]["weights"]["values"]) EXPECT_NEAR(sum(row), 1, 1e-5);
  for (const std::size_t heads : {1u, 2u, 5u}) {
    const json& maps = all["heads"][heads == 5 ? 2 : heads - 1];
    EXPECT_EQ(maps.size(), heads);
    for (const json& head : maps)
      for (const json& row : head["values"]) EXPECT_NEAR(sum(row), 1, 1e-5);
  }
}

/// The product of two rows of a table.
double dot(const json& a, const json& b) {
  double all = 0;
  for (std::size_t i = 0; i < a.size(); ++i) all += a[i].get<double>() * b[i].get<double>();
  return all;
}

TEST(Lesson, has_the_lectures_embeddings_and_their_dot_products) {
  CpuBackend backend;
  const json embedding = attention_by_hand(backend)["embedding"];
  EXPECT_EQ(embedding["vectors"]["values"][1],
            json::parse("[0.3, -0.2, 0.1, 0.5, -0.4, 0.2, -0.6, -0.1, -0.3, 0.2]"));
  // -0.06 - 0.02 + 0.03 - 0.2 - 0.2 - 0.12 + 0.06 + 0.03 + 0.06 + 0.08
  EXPECT_NEAR(at(embedding["dot"], "I", "love"), -0.34, 1e-6);
}

TEST(Lesson, gives_attention_whose_steps_follow_from_each_other) {
  CpuBackend backend;
  const json all = attention_by_hand(backend), a = all["attention"];
  const json &x = a["x"]["values"], &q = a["q"]["values"], &k = a["k"]["values"], &v = a["v"]["values"];
  for (std::size_t i = 0; i < 4; ++i) {
    double whole = 0;
    for (std::size_t j = 0; j < 4; ++j) {
      const double score = dot(q[i], k[j]);
      EXPECT_NEAR(a["raw"]["values"][i][j].get<double>(), score, 1e-4);
      EXPECT_NEAR(a["scaled"]["values"][i][j].get<double>(), score / std::sqrt(10), 1e-4);
      whole += std::exp(score / std::sqrt(10));
    }
    for (std::size_t c = 0; c < 10; ++c) {
      EXPECT_NEAR(q[i][c].get<double>(), dot(x[i], a["w_q"]["values"][c]), 1e-4);
      double mixed = 0;
      for (std::size_t j = 0; j < 4; ++j)
        mixed += std::exp(dot(q[i], k[j]) / std::sqrt(10)) / whole * v[j][c].get<double>();
      EXPECT_NEAR(a["context"]["values"][i][c].get<double>(), mixed, 1e-4);
    }
    const json& normal = all["norm"]["norm"]["values"][i];
    EXPECT_NEAR(sum(normal), 0, 1e-4);
    EXPECT_NEAR(dot(normal, normal) / 10, 1, 1e-3);
  }
  // Four projections, a feed-forward network of 40 and two norms.
  EXPECT_EQ(all["encoder"]["parameters_a_layer"], 4 * 110 + (10 * 40 + 40) + (40 * 10 + 10) + 2 * 20);
}

TEST(Lesson, shows_that_scores_grow_with_the_root_of_the_width) {
  CpuBackend backend;
  const json growth = attention_by_hand(backend)["softmax"]["growth"];
  for (const json& row : growth["values"])
    EXPECT_NEAR(row[1].get<double>() / row[0].get<double>(), 1, 0.4);  // eight keys are few
  EXPECT_GT(growth["values"].back()[2].get<double>(), 0.9);
  EXPECT_LT(growth["values"].back()[3].get<double>(), 0.5);
}

TEST(Lesson, shows_the_gradient_that_vanishes_and_the_one_that_does_not) {
  CpuBackend backend;
  const json networks = before_attention(backend)["networks"];
  const auto first = [&](const std::string& name) {
    for (const json& network : networks)
      if (network["name"] == name) return network["reaching"].front().get<double>();
    return -1.0;
  };
  for (const json& network : networks) {
    EXPECT_EQ(network["reaching"].size(), 40u);
    EXPECT_EQ(network["reaching"].back(), 1);
  }
  EXPECT_GT(first("RNN"), 0);
  EXPECT_LT(first("RNN"), 1e-3);
  EXPECT_GT(first("LSTM, forget gates open to 0.95"), 10 * first("LSTM, forget gates half open"));
  EXPECT_GT(first("attention"), 0.05);
}

TEST(Lesson, has_a_loss_that_is_the_mean_of_what_the_right_pieces_cost) {
  CpuBackend backend;
  const json trained = make_lesson(backend, {.sentence = "", .minutes = 0.005})["trained"],
             surprise = trained["surprise"];
  double all = 0;
  for (const json& piece : surprise["pieces"]) {
    EXPECT_NEAR(piece["loss"].get<double>(), -std::log(piece["probability"].get<double>()), 1e-4);
    all += piece["loss"].get<double>();
  }
  EXPECT_NEAR(surprise["mean"].get<double>(), all / static_cast<double>(surprise["pieces"].size()), 1e-4);
  EXPECT_EQ(surprise["pieces"].back()["piece"], "</s>");
  EXPECT_EQ(trained["sentence"], surprise["source"]);
  EXPECT_EQ(trained["reference"], surprise["target"]);
  for (const char* place : {"encoder", "decoder", "cross"})
    for (const json& layer : trained[place])
      for (const json& head : layer)
        for (const json& row : head["values"]) EXPECT_NEAR(sum(row), 1, 1e-4) << place;
}

TEST(Lesson, is_null_when_it_is_interrupted) {
  CpuBackend backend;
  EXPECT_TRUE(make_lesson(backend, {}, [] { return true; }).is_null());
}

TEST(Lesson, refuses_a_sentence_without_words_or_too_long_before_it_trains) {
  CpuBackend backend;
  EXPECT_THROW(make_lesson(backend, {.sentence = " \t ", .minutes = 1000}), DataError);
  EXPECT_THROW(make_lesson(backend, {.sentence = std::string(500, 'x'), .minutes = 1000}), DataError);
}

TEST(Lesson, hides_later_words_and_those_of_no_sentence) {
  CpuBackend backend;
  const json masks = attention_by_hand(backend)["masks"];
  EXPECT_EQ(masks["causal"]["values"][0], json::parse("[1, 0, 0, 0]"));
  EXPECT_EQ(masks["padding"]["values"][1][2], 0);
  EXPECT_EQ(masks["padding"]["values"][3], json::parse("[0, 0, 0, 0]"));
}

TEST(Lesson, refuses_a_sentence_that_is_not_utf8) {
  CpuBackend backend;
  EXPECT_THROW(make_lesson(backend, {.sentence = "\xFF"}), DataError);
}

}  // namespace
}  // namespace heed
