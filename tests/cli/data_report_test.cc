#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "heed/base/files.h"
#include "tests/support/captured_run.h"
#include "tests/support/temporary_folder.h"

namespace heed {
namespace {
using nlohmann::json;

class DataReportCommand : public WithFolder {
 protected:
  Outcome report(std::vector<std::string> flags) const {
    flags.insert(flags.begin(), {"data", "report", "--output", output_});
    return run(std::move(flags));
  }

  const std::string output_ = (folder_ / "report").string();
};

TEST_F(DataReportCommand, writes_a_page_and_json_and_says_the_figures) {
  const std::string corpus =
      file("c.tsv", "a dog\tein Hund\na dog\tein Hund\n\tleer\nin 1999\t1989\n").string();
  const Outcome outcome = report({"--tsv", corpus});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("4 pairs read, 2 kept (1 of them flagged), 2 dropped"), std::string::npos)
      << outcome.out;
  const json written = json::parse(read_file(output_ + ".json"));
  EXPECT_EQ(written["schema"], "heed data report");
  EXPECT_EQ(written["pairs"]["dropped"], 2);
  EXPECT_EQ(written["alignment"], nullptr);
  EXPECT_TRUE(read_file(output_ + ".html").starts_with("<!DOCTYPE html>"));
}

TEST_F(DataReportCommand, does_not_add_an_ending_to_one_that_is_there) {
  const std::string corpus = file("c.tsv", "a dog\tein Hund\n").string();
  for (const std::string ending : {".html", ".json", ""}) {
    const std::string name = (folder_ / ("r" + ending.substr(ending.empty() ? 0 : 1))).string();
    ASSERT_EQ(run({"data", "report", "--output", name + ending, "--tsv", corpus}).status, 0);
    for (const char* made : {".html", ".json"}) EXPECT_TRUE(std::filesystem::exists(name + made)) << ending;
    EXPECT_FALSE(std::filesystem::exists(name + ".html.html")) << ending;
  }
}

TEST_F(DataReportCommand, takes_filters_as_training_does) {
  const std::string corpus = file("c.tsv", "a dog\tein Hund\na dog\tein Hund\n").string();
  EXPECT_NE(report({"--tsv", corpus, "--filter-repeats", "off"}).out.find("2 kept"), std::string::npos);
  EXPECT_EQ(report({"--tsv", corpus, "--filter-repeats", "never"}).status, 2);
  EXPECT_EQ(report({"--tsv", corpus, "--filter-source-script", "klingon"}).status, 2);
}

TEST_F(DataReportCommand, takes_corpora_in_any_format_and_says_what_they_skip) {
  const std::string catalogue =
      file("de.po",
           "msgid \"a dog\"\nmsgstr \"ein Hund\"\n\n#, fuzzy\nmsgid \"a\"\nmsgstr \"b\"\n\n"
           "msgid \"new\"\nmsgstr \"\"\n")
          .string();
  const std::string table = file("c.tsv", "a cat\teine Katze\n\tleer\n\xFF\tx\n").string();
  const Outcome outcome = report({catalogue, table, "--source-language", "en", "--target-language", "de",
                                  "--test-data", file("test.tsv", "a dog\tein Hund\n").string()});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("1 pair skipped: fuzzy"), std::string::npos) << outcome.out;
  const json written = json::parse(read_file(output_ + ".json"));
  EXPECT_EQ(written["pairs"]["read"], 4);
  EXPECT_EQ(written["reading"]["skipped"],
            json::parse(R"([{"why": "not translated yet", "pairs": 1}, {"why": "fuzzy", "pairs": 1}])"));
  EXPECT_EQ(written["overlaps"][0]["seen_pairs"], 1);
  EXPECT_EQ(written["title"], catalogue + " and 1 more");
}

TEST_F(DataReportCommand, shows_of_several_pairs_of_files_those_that_drift_apart) {
  for (const char* name : {"a", "b"}) {
    std::string source, target;
    for (int i = 0; i < 200; ++i) {
      source += "house number " + std::to_string(1000 + 37 * i) + "\n";
      if (i != 90 || *name == 'a') target += "Hausnummer " + std::to_string(1000 + 37 * i) + "\n";
    }
    file(std::string(name) + ".en", source);
    file(std::string(name) + ".de", target);
  }
  const Outcome outcome =
      report({(folder_ / "*.en").string(), "--source-language", "en", "--target-language", "de"});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("b.en has 200 lines"), std::string::npos) << outcome.out;
  EXPECT_EQ(outcome.out.find("a.en has 200 lines"), std::string::npos) << outcome.out;
}

TEST_F(DataReportCommand, reports_on_files_of_different_lengths) {
  std::string source, target;
  for (int i = 0; i < 200; ++i) {
    source += "house number " + std::to_string(1000 + 37 * i) + "\n";
    if (i != 90) target += "Hausnummer " + std::to_string(1000 + 37 * i) + "\n";
  }
  const Outcome outcome =
      report({"--source", file("en", source).string(), "--target", file("de", target).string()});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("en has 200 lines"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("from line 9"), std::string::npos) << outcome.out;
}

TEST_F(DataReportCommand, shows_how_fluent_the_sides_are_as_ngram_score_does) {
  const std::string source = file("en", "a dog runs\na cat the\nthe cat sleeps\n").string(),
                    target = file("de", "ein Hund rennt\neine Katze die\ndie Katze ruht\n").string(),
                    model = (folder_ / "en.arpa").string();
  ASSERT_EQ(run({"ngram", "train", file("text", "a dog runs\nthe cat runs\na dog sleeps\n").string(),
                 "--output", model})
                .status,
            0);
  const Outcome score = run({"ngram", "score", model, source, "--summary"});
  const Outcome outcome = report({"--source", source, "--target", target, "--source-model", model});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  const json written = json::parse(read_file(output_ + ".json"));
  const json& fluency = written["source"]["fluency"];
  EXPECT_EQ(fluency["model"], model);
  EXPECT_EQ(fluency["least_fluent"][0]["where"], source + ":2");
  char perplexity[40];
  std::snprintf(perplexity, sizeof perplexity, "perplexity %.3f", fluency["perplexity"].get<double>());
  EXPECT_NE(score.out.find(perplexity), std::string::npos) << score.out << perplexity;
  EXPECT_EQ(written["target"]["fluency"], nullptr);
  EXPECT_NE(outcome.out.find("fluency of the source by " + model), std::string::npos) << outcome.out;
}

TEST_F(DataReportCommand, learns_fluency_from_the_corpus_and_counts_what_readers_skip_once) {
  std::string catalogue = "#, fuzzy\nmsgid \"x\"\nmsgstr \"y\"\n\n";
  for (int i = 0; i < 40; ++i)
    catalogue += "msgid \"open file " + std::to_string(i) + "\"\nmsgstr \"Datei öffnen " + std::to_string(i) +
                 "\"\n\n";
  const Outcome outcome = report(
      {file("de.po", catalogue).string(), "--source-language", "en", "--target-language", "de", "--fluency"});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  const json written = json::parse(read_file(output_ + ".json"));
  EXPECT_EQ(written["reading"]["skipped"], json::parse(R"([{"why": "fuzzy", "pairs": 1}])"));
  for (const char* side : {"source", "target"}) {
    EXPECT_EQ(written[side]["fluency"]["learned_words"], 120);
    EXPECT_EQ(written[side]["fluency"]["sentences"], 40);
  }
}

TEST_F(DataReportCommand, says_where_a_model_is_broken_and_writes_nothing) {
  const std::string corpus = file("c.tsv", "a dog\tein Hund\n").string();
  const std::string model =
      file("broken.arpa", "\\data\\\nngram 1=3\n\n\\1-grams:\n-1 <s>\nmuch </s>\n").string();
  const Outcome outcome = report({"--tsv", corpus, "--source-model", model});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_NE(outcome.err.find("broken.arpa:6: "), std::string::npos) << outcome.err;
  EXPECT_FALSE(std::filesystem::exists(output_ + ".html"));
  EXPECT_EQ(report({"--tsv", corpus, "--target-model", (folder_ / "absent").string()}).status, 1);
}

TEST_F(DataReportCommand, refuses_to_read_standard_input_twice) {
  const Outcome outcome = report({"--tsv", "-", "--fluency"});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_NE(outcome.err.find("standard input"), std::string::npos) << outcome.err;
}

TEST_F(DataReportCommand, wants_files_that_go_together) {
  EXPECT_EQ(report({}).status, 2);
  EXPECT_EQ(report({"--source", "a"}).status, 2);
  EXPECT_EQ(report({"--tsv", "a", "--test-source", "b"}).status, 2);
  EXPECT_EQ(report({"--tsv", (folder_ / "absent").string()}).status, 1);
}

}  // namespace
}  // namespace heed
