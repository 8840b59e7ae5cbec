#include "heed/pages/run_page.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/pages/page_parts.h"

namespace heed {
namespace {

/// A run of two updates with one validation, whose sample is `text`.
RunHistory history_with(const std::string& text) {
  RunHistory history;
  RunHistory::Updates& all = history.updates;
  all.update = {1, 2};
  for (auto* column : {&all.epoch, &all.loss, &all.learning_rate, &all.gradient_norm, &all.tokens_per_second,
                       &all.run_seconds, &all.resident_bytes})
    *column = {1.5f, 0.5f};
  history.validations.push_back({{"update", 2}, {"samples", {{{"source", text}}}}});
  history.incidents.push_back({{"event", "note"}, {"text", text}});
  history.parts.push_back({.time = "2026-01-01T00:00:00Z",
                           .heed = "0.1.0",
                           .start = {{"command", text}},
                           .begin = nullptr,
                           .end = nullptr,
                           .last_time = "2026-01-01T00:00:00Z",
                           .updates = 2});
  return history;
}

nlohmann::json data_of(const std::string& page) { return nlohmann::json::parse(data_block(page)); }

TEST(RunPage, holds_every_number_and_event_of_the_run) {
  const nlohmann::json data = data_of(run_page(history_with("text"), {.title = "run", .running = true}));
  EXPECT_EQ(data["title"], "run");
  EXPECT_EQ(data["running"], true);
  EXPECT_EQ(data["updates"]["update"], "AQAAAAIAAAA=");
  EXPECT_EQ(data["updates"]["loss"], "AADAPwAAAD8=");
  EXPECT_EQ(data["validations"][0]["update"], 2);
  EXPECT_EQ(data["parts"][0]["start"]["command"], "text");
  EXPECT_TRUE(data["parts"][0]["end"].is_null());
}

TEST(RunPage, takes_no_text_for_markup) {
  const std::string hostile = "</script><script>alert(1)</script><!-- {{report}} \xff";
  const std::string page = run_page(history_with(hostile), {.title = hostile});
  EXPECT_EQ(page.find("alert(1)</script>"), std::string::npos);
  const std::string readable = hostile.substr(0, hostile.size() - 1) + "\xEF\xBF\xBD";
  EXPECT_EQ(data_of(page)["validations"][0]["samples"][0]["source"], readable);
  EXPECT_EQ(data_of(page)["title"], readable);
}

TEST(RunPage, can_be_made_before_the_first_update) {
  RunHistory history;
  history.parts.emplace_back();
  EXPECT_EQ(data_of(run_page(history, {}))["updates"]["update"], "");
}

}  // namespace
}  // namespace heed
