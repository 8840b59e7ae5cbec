#include "heed/pages/attention_page.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "heed/base/error.h"
#include "heed/base/random.h"
#include "tests/pages/page_parts.h"

namespace heed {
namespace {

using nlohmann::json;

AttentionReport::Map random_map(Index queries, Index keys, Random& random) {
  AttentionReport::Map map{queries, keys, {}};
  for (Index query = 0; query < queries; ++query) {
    std::vector<float> row(static_cast<std::size_t>(keys));
    float sum = 0;
    for (float& weight : row) sum += weight = std::exp(3 * random.normal());
    for (const float weight : row) map.weights.push_back(weight / sum);
  }
  return map;
}

/// Two layers of three heads, five source and four target tokens.
AttentionReport small_report() {
  Random random(20170612);
  AttentionReport report;
  report.title = "English to German";
  report.facts = {{"layers", "2 + 2"}};
  report.source_text = "a small house";
  report.translation = "ein kleines Haus";
  report.source_tokens = {"a", "small", "ho", "use", "</s>"};
  report.target_tokens = {"ein", "kleines", "Haus", "</s>"};
  report.target_inputs = {"<s>", "ein", "kleines", "Haus"};
  for (int layer = 0; layer < 2; ++layer) {
    report.encoder.emplace_back();
    report.decoder.emplace_back();
    report.cross.emplace_back();
    for (int head = 0; head < 3; ++head) {
      report.encoder.back().push_back(random_map(5, 5, random));
      report.decoder.back().push_back(random_map(4, 4, random));
      report.cross.back().push_back(random_map(4, 5, random));
    }
  }
  report.positions = 7;
  report.width = 6;
  for (int i = 0; i < 42; ++i) report.positional_encoding.push_back(2 * random.normal());
  report.token_log_probabilities = {-0.1f, -2.0f, -0.5f, -0.01f};
  return report;
}

json data_of(const AttentionReport& report) { return json::parse(data_block(attention_page(report))); }

std::vector<std::uint8_t> from_base64(const std::string& text) {
  const std::string digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::vector<std::uint8_t> bytes;
  std::uint32_t group = 0;
  int bits = 0;
  for (const char c : text) {
    if (c == '=') break;
    group = group << 6 | static_cast<std::uint32_t>(digits.find(c));
    if ((bits += 6) < 8) continue;
    bits -= 8;
    bytes.push_back(static_cast<std::uint8_t>(group >> bits & 255));
  }
  return bytes;
}

std::size_t occurrences(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

template <class E>
std::string message_of(const AttentionReport& report) {
  try {
    attention_page(report);
  } catch (const E& error) {
    return error.what();
  }
  return "";
}

TEST(AttentionPage, holds_every_map_within_the_error_that_it_states) {
  const AttentionReport report = small_report();
  const json data = data_of(report);
  const double allowed = data["largest_error"].get<double>() + 1e-7;
  EXPECT_LE(allowed, 0.5 / 255 + 1e-6);
  int maps = 0;
  for (const auto& [name, kind] :
       {std::pair{"encoder", &report.encoder}, std::pair{"decoder", &report.decoder},
        std::pair{"cross", &report.cross}}) {
    ASSERT_EQ(data["attention"][name].size(), kind->size());
    for (std::size_t layer = 0; layer < kind->size(); ++layer) {
      for (std::size_t head = 0; head < (*kind)[layer].size(); ++head, ++maps) {
        const AttentionReport::Map& map = (*kind)[layer][head];
        const json& shown = data["attention"][name][layer][head];
        EXPECT_EQ(shown["queries"], map.queries);
        EXPECT_EQ(shown["keys"], map.keys);
        const std::vector<std::uint8_t> bytes = from_base64(shown["weights"]);
        ASSERT_EQ(bytes.size(), map.weights.size());
        for (std::size_t i = 0; i < bytes.size(); ++i)
          EXPECT_NEAR(bytes[i] * shown["scale"].get<double>(), map.weights[i], allowed);
      }
    }
  }
  EXPECT_EQ(maps, 18);
}

TEST(AttentionPage, holds_the_positional_encoding_in_signed_bytes) {
  const AttentionReport report = small_report();
  const json shown = data_of(report)["positional_encoding"];
  EXPECT_EQ(shown["positions"], 7);
  EXPECT_EQ(shown["width"], 6);
  const std::vector<std::uint8_t> bytes = from_base64(shown["values"]);
  ASSERT_EQ(bytes.size(), report.positional_encoding.size());
  const double scale = shown["scale"];
  for (std::size_t i = 0; i < bytes.size(); ++i)
    EXPECT_NEAR(static_cast<std::int8_t>(bytes[i]) * scale, report.positional_encoding[i], scale / 2 + 1e-6);
}

TEST(AttentionPage, keeps_texts_as_they_are) {
  const AttentionReport report = small_report();
  const json data = data_of(report);
  EXPECT_EQ(data["title"], report.title);
  EXPECT_EQ(data["facts"], json::parse(R"([["layers", "2 + 2"]])"));
  EXPECT_EQ(data["source_text"], report.source_text);
  EXPECT_EQ(data["translation"], report.translation);
  EXPECT_EQ(data["source_tokens"], report.source_tokens);
  EXPECT_EQ(data["target_tokens"], report.target_tokens);
  EXPECT_EQ(data["target_inputs"], report.target_inputs);
  EXPECT_EQ(data["token_log_probabilities"].get<std::vector<float>>(), report.token_log_probabilities);
}

TEST(AttentionPage, lets_no_token_break_out_of_the_data) {
  AttentionReport report = small_report();
  report.source_tokens = {"</script><script>alert(1)</script>", "<!--<script>", "]]>&lt;\"'\\`",
                          "שלום \u2028 👩‍👧", "{{report}}{{style.css}}"};
  report.title = report.source_text = report.translation = "</title></script><img onerror=alert(1)>";
  report.facts = {{"<b>", "</script>"}};
  const std::string page = attention_page(report);
  EXPECT_EQ(data_block(page).find_first_of("<>&"), std::string::npos);
  EXPECT_EQ(json::parse(data_block(page))["source_tokens"], report.source_tokens);
  EXPECT_EQ(occurrences(page, "<script"), occurrences(attention_page(small_report()), "<script"));
  EXPECT_EQ(occurrences(page, "</script"), occurrences(page, "<script"));
}

TEST(AttentionPage, shows_bytes_that_are_not_utf8_as_the_replacement_character) {
  AttentionReport report = small_report();
  report.source_tokens[2] =
      "a\xFF"
      "b";
  EXPECT_EQ(data_of(report)["source_tokens"][2], "a\uFFFDb");
}

TEST(AttentionPage, of_an_empty_report_is_a_page_with_empty_parts) {
  const json data = data_of({});
  EXPECT_TRUE(data["attention"]["cross"].empty());
  EXPECT_TRUE(data["facts"].empty());
  EXPECT_TRUE(data["positional_encoding"].is_null());
  EXPECT_TRUE(data["token_log_probabilities"].empty());
  EXPECT_EQ(data["largest_error"], 0);
}

TEST(AttentionPage, keeps_a_map_of_zeros) {
  AttentionReport report = small_report();
  report.cross[0][0].weights.assign(20, 0.0f);
  EXPECT_EQ(from_base64(data_of(report)["attention"]["cross"][0][0]["weights"]),
            std::vector<std::uint8_t>(20, 0));
}

TEST(AttentionPage, writes_an_impossible_token_as_null) {
  AttentionReport report = small_report();
  report.token_log_probabilities[1] = -std::numeric_limits<float>::infinity();
  EXPECT_TRUE(data_of(report)["token_log_probabilities"][1].is_null());
}

TEST(AttentionPage, names_the_map_that_does_not_fit_the_tokens) {
  AttentionReport report = small_report();
  report.cross[1][2].queries = 3;
  EXPECT_EQ(message_of<ShapeError>(report),
            "attention page: encoder-decoder attention, layer 2, head 3: a map of 3 queries and 5 keys meets "
            "4 and 5 "
            "tokens; give every token, begin and end marks too, a row or column");
}

TEST(AttentionPage, names_the_map_that_lacks_weights) {
  AttentionReport report = small_report();
  report.decoder[0][1].weights.pop_back();
  EXPECT_EQ(
      message_of<ShapeError>(report),
      "attention page: decoder self-attention, layer 1, head 2: 15 weights for 4 queries and 4 keys; give "
      "queries * keys");
}

TEST(AttentionPage, names_the_map_whose_values_are_no_weights) {
  for (const float odd : {std::numeric_limits<float>::quiet_NaN(), -0.5f, 1.5f}) {
    AttentionReport report = small_report();
    report.encoder[1][0].weights[7] = odd;
    EXPECT_EQ(message_of<DataError>(report),
              "attention page: encoder self-attention, layer 2, head 1: holds a weight that is not between 0 "
              "and 1; "
              "did training diverge?");
  }
}

TEST(AttentionPage, refuses_inputs_and_scores_that_do_not_match_the_target) {
  AttentionReport report = small_report();
  report.target_inputs.pop_back();
  EXPECT_NE(message_of<ShapeError>(report).find("3 target inputs meet 4 target tokens"), std::string::npos);
  report = small_report();
  report.token_log_probabilities.pop_back();
  EXPECT_NE(message_of<ShapeError>(report).find("3 log-probabilities meet 4 target tokens"),
            std::string::npos);
}

TEST(AttentionPage, refuses_a_positional_encoding_of_another_size_or_not_finite) {
  AttentionReport report = small_report();
  report.width = 5;
  EXPECT_NE(message_of<ShapeError>(report).find("42 values for 7 positions of width 5"), std::string::npos);
  report.width = 6;
  report.positional_encoding[3] = std::numeric_limits<float>::infinity();
  EXPECT_NE(message_of<DataError>(report).find("not finite"), std::string::npos);
}

TEST(AttentionPage, of_a_base_model_and_100_tokens_stays_below_three_megabytes) {
  Random random(1);
  AttentionReport report;
  report.source_tokens = report.target_tokens = report.target_inputs = std::vector<std::string>(100, "piece");
  const AttentionReport::Map map = random_map(100, 100, random);
  report.encoder = report.decoder = report.cross = AttentionReport::Maps(6, {8, map});
  EXPECT_LT(attention_page(report).size(), 3u << 20);
}

}  // namespace
}  // namespace heed
