#include "heed/training/run_history.h"

#include <gtest/gtest.h>

#include <cmath>

#include "heed/base/error.h"
#include "heed/base/json_lines_log.h"
#include "tests/support/temporary_folder.h"

namespace heed {
namespace {

/// What a start of the program begins its log with.
std::string schema_of(int version) {
  return R"({"schema": "heed-log", "heed": "0.1.0", "time": "T0", "version": )" + std::to_string(version) +
         "}\n";
}
const std::string schema = schema_of(JsonLinesLog::version);

std::string update(int number, const std::string& loss = "2.5") {
  return R"({"event": "update", "time": "T1", "tokens": 100, "seconds": 0.5, "loss": )" + loss +
         R"(, "update": )" + std::to_string(number) + "}\n";
}
std::string updates(int first, int last) {
  std::string lines;
  for (int i = first; i <= last; ++i) lines += update(i);
  return lines;
}
std::string validation(int number) {
  return R"({"event": "validation", "measures": {"bleu": 1}, "update": )" + std::to_string(number) + "}\n";
}

class History : public WithFolder {
 protected:
  RunHistory read(const std::string& content) const { return read_run_history(file("log.jsonl", content)); }
};

TEST_F(History, holds_updates_validations_and_how_it_ended) {
  const RunHistory history = read(schema +
                                  R"({"event": "start", "command": "heed train"})"
                                  "\n" +
                                  R"({"event": "begin", "update": 0})"
                                  "\n" +
                                  updates(1, 3) + validation(3) +
                                  R"({"event": "note", "text": "done"})"
                                  "\n" +
                                  R"({"event": "end", "reason": "limit", "time": "T9"})"
                                  "\n");
  EXPECT_EQ(history.updates.update, (std::vector<std::int32_t>{1, 2, 3}));
  EXPECT_EQ(history.updates.loss, (std::vector<float>{2.5f, 2.5f, 2.5f}));
  EXPECT_EQ(history.updates.tokens_per_second[0], 200);
  EXPECT_TRUE(std::isnan(history.updates.gradient_norm[0]));
  ASSERT_EQ(history.validations.size(), 1u);
  ASSERT_EQ(history.parts.size(), 1u);
  EXPECT_EQ(history.parts[0].start["command"], "heed train");
  EXPECT_EQ(history.parts[0].end["reason"], "limit");
  EXPECT_EQ(history.parts[0].last_time, "T9");
  EXPECT_EQ(history.parts[0].updates, 3u);
  EXPECT_EQ(history.incidents[0]["text"], "done");
}

TEST_F(History, leaves_out_what_a_killed_run_did_again) {
  const RunHistory history = read(schema + updates(1, 7) + validation(4) + validation(6) + schema +
                                  R"({"event": "begin", "update": 4})"
                                  "\n" +
                                  updates(5, 8) + validation(8));
  EXPECT_EQ(history.updates.update, (std::vector<std::int32_t>{1, 2, 3, 4, 5, 6, 7, 8}));
  EXPECT_EQ(history.lost_updates, 3u);
  ASSERT_EQ(history.validations.size(), 2u);
  EXPECT_EQ(history.validations[0]["update"], 4);
  EXPECT_EQ(history.validations[1]["update"], 8);
  EXPECT_EQ(history.parts.size(), 2u);
  EXPECT_TRUE(history.parts[0].end.is_null());
}

TEST_F(History, goes_back_where_the_run_did) {
  const RunHistory history = read(schema + updates(1, 9) + validation(8) +
                                  R"({"event": "rollback", "from": 9, "to": 4})"
                                  "\n" +
                                  updates(5, 6));
  EXPECT_EQ(history.updates.update.back(), 6);
  EXPECT_EQ(history.lost_updates, 5u);
  EXPECT_TRUE(history.validations.empty());
  EXPECT_EQ(history.incidents[0]["event"], "rollback");
}

TEST_F(History, reads_what_there_is_of_a_run_that_is_going_on_or_was_killed) {
  const RunHistory history =
      read(schema + updates(1, 2) + R"({"event": "update", "upd)" + "\n" + schema + update(3) + R"({"eve)");
  EXPECT_EQ(history.updates.update, (std::vector<std::int32_t>{1, 2, 3}));
  EXPECT_EQ(history.unreadable_lines, 2u);
}

TEST_F(History, takes_null_for_not_finite_and_counts_updates_that_were_left_out) {
  const RunHistory history =
      read(schema + update(1, "null") +
           R"({"event": "update", "update": 2, "loss": 1, "applied": false, "gradient_norm": null})"
           "\n");
  EXPECT_TRUE(std::isnan(history.updates.loss[0]));
  EXPECT_EQ(history.skipped_updates, 1u);
}

TEST_F(History, survives_fields_of_the_wrong_kind) {
  for (const int version : {1, 2}) {
    const RunHistory history = read(schema_of(version) +
                                    R"({"event": "begin", "task": 7, "tokens": 3, "source_tokens": []})"
                                    "\n"
                                    R"({"event": "validation", "by_length": 7, "measures": 1})"
                                    "\n"
                                    R"({"event": "end", "reason": [], "measures": []})"
                                    "\n" +
                                    R"({"event": "update", "update": "three", "loss": []})"
                                    "\n" +
                                    R"({"event": 7})"
                                    "\n" +
                                    R"({"event": "update", "update": -3})"
                                    "\n" +
                                    R"({"event": "update", "update": 1e300})"
                                    "\n" +
                                    R"({"event": "update", "update": 1, "applied": "no", "time": 7})"
                                    "\n" +
                                    R"({"event": "rollback", "to": {}})"
                                    "\n" +
                                    R"([1, 2])"
                                    "\n" +
                                    "7\n" + "\xff\xfe\n");
    EXPECT_TRUE(history.updates.update.empty());
    EXPECT_EQ(history.unreadable_lines, 3u);
  }
}

TEST_F(History, is_that_of_a_log_and_of_a_version_that_is_known) {
  const auto message_of = [&](const std::string& content) -> std::string {
    try {
      read(content);
    } catch (const DataError& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_NE(message_of("").find("no line with \"schema\""), std::string::npos);
  EXPECT_NE(message_of("some text\n").find("is not the log of a run"), std::string::npos);
  EXPECT_NE(message_of(R"({"schema": "other"})").find("log.jsonl:1: is a log of \"other\""),
            std::string::npos);
  EXPECT_NE(message_of(schema + schema_of(3))
                .find(":2: the log is of version 3, this version of heed reads versions 1 to 2"),
            std::string::npos);
  EXPECT_THROW(read_run_history(folder_ / "absent"), FileError);
}

TEST_F(History, of_version_1_is_as_todays_log_would_tell_it) {
  const RunHistory history = read(
      schema_of(1) +
      R"({"event": "begin", "update": 0, "task": "translation", "tokens": {"source": 7, "target": 8}})"
      "\n"
      R"({"event": "update", "update": 1, "tokens": 100, "rows": 220, "examples": 10, "seconds": 0.5})"
      "\n"
      R"({"event": "validation", "update": 1, "epoch": 0, "bleu": 12.5, "loss": null, "best": true, )"
      R"("stale": 0, "seconds": 2, "samples": [], )"
      R"("by_length": [{"from": 1, "to": 9, "examples": 5, "bleu": 40}]})"
      "\n"
      R"({"event": "end", "reason": "limit", "update": 1, "run_seconds": 3, "saved": true, "bleu": 12.5})"
      "\n");
  EXPECT_EQ(history.updates.tokens_per_second[0], 200);
  const nlohmann::json& validation = history.validations.at(0);
  EXPECT_EQ(validation["measures"], (nlohmann::json{{"bleu", 12.5}, {"loss", nullptr}}));
  EXPECT_EQ(validation["stale"], 0);
  EXPECT_EQ(validation["by_length"][0]["measures"], (nlohmann::json{{"bleu", 40}}));
  EXPECT_EQ(validation["by_length"][0]["examples"], 5);
  EXPECT_EQ(history.parts[0].end["measures"], (nlohmann::json{{"bleu", 12.5}}));
  EXPECT_EQ(history.parts[0].end["run_seconds"], 3);
  EXPECT_EQ(history.parts[0].begin["loss_unit"], "token");
  EXPECT_EQ(history.parts[0].begin["tokens"]["target"], 8);
}

TEST_F(History, of_version_1_knows_the_tokens_of_a_classifier_whose_loss_was_over_texts) {
  const RunHistory history =
      read(schema_of(1) +
           R"({"event": "begin", "update": 0, "task": "text-classification"})"
           "\n"
           R"({"event": "update", "update": 1, "tokens": 10, "rows": 210, "examples": 10, "seconds": 0.5})"
           "\n");
  EXPECT_EQ(history.parts[0].begin["loss_unit"], "text");
  EXPECT_EQ(history.updates.tokens_per_second[0], 400);
}

TEST_F(History, of_before_there_were_other_tasks_has_other_names) {
  const RunHistory history =
      read(schema_of(1) +
           R"({"event": "begin", "update": 0, "source_tokens": 7, "target_tokens": 8})"
           "\n"
           R"({"event": "update", "update": 1, "source_tokens": 90, "target_tokens": 100, "sentences": 9, )"
           R"("seconds": 0.5})"
           "\n"
           R"({"event": "validation", "update": 1, "chrf": 3, )"
           R"("by_length": [{"from": 1, "to": 2, "sentences": 4, "chrf": 5}, 7]})"
           "\n");
  EXPECT_EQ(history.updates.tokens_per_second[0], 200);
  EXPECT_EQ(history.parts[0].begin["tokens"], (nlohmann::json{{"source", 7}, {"target", 8}}));
  EXPECT_EQ(history.validations[0]["measures"]["chrf"], 3);
  EXPECT_EQ(history.validations[0]["by_length"][0]["examples"], 4);
  EXPECT_EQ(history.validations[0]["by_length"][0]["measures"], (nlohmann::json{{"chrf", 5}}));
}

TEST_F(History, of_a_run_that_a_later_heed_went_on_with_is_one) {
  const RunHistory history = read(schema_of(1) +
                                  R"({"event": "begin", "update": 0, "task": "text-classification"})"
                                  "\n"
                                  R"({"event": "update", "update": 1, "tokens": 10, "rows": 210, )"
                                  R"("examples": 10, "seconds": 1})"
                                  "\n"
                                  R"({"event": "validation", "update": 1, "accuracy": 50})"
                                  "\n" +
                                  schema_of(2) +
                                  R"({"event": "begin", "update": 1, "task": "text-classification", )"
                                  R"("loss_unit": "text"})"
                                  "\n"
                                  R"({"event": "update", "update": 2, "tokens": 200, "rows": 210, )"
                                  R"("examples": 10, "loss_count": 10, "seconds": 1})"
                                  "\n"
                                  R"({"event": "validation", "update": 2, "measures": {"accuracy": 60}})"
                                  "\n");
  EXPECT_EQ(history.updates.tokens_per_second, (std::vector<float>{200, 200}));
  ASSERT_EQ(history.validations.size(), 2u);
  EXPECT_EQ(history.validations[0]["measures"]["accuracy"], 50);
  EXPECT_EQ(history.validations[1]["measures"]["accuracy"], 60);
}

TEST_F(History, of_a_long_run_keeps_every_update) {
  const RunHistory history = read(schema + updates(1, 100'000));
  EXPECT_EQ(history.updates.size(), 100'000u);
  EXPECT_EQ(history.lost_updates, 0u);
}

}  // namespace
}  // namespace heed
