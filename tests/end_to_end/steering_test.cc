#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/end_to_end/heed_program.h"

namespace heed {
namespace {

/// `heed translate` that is told what to write.
class SteeredProgram : public HeedProgram {
 protected:
  SteeredProgram() {
    make_model();
    file("text.txt", "one hour\ntwo days\n");
  }
  static std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
  }
};

TEST_F(SteeredProgram, begins_with_the_prefix_that_it_is_given_and_goes_on_in_several_ways) {
  const Outcome outcome = heed("translate model text.txt --target-prefix Stu --alternatives --n-best 3");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  const auto lines = lines_of(outcome.out);
  ASSERT_EQ(lines.size(), 6u);
  for (const std::string& line : lines) EXPECT_TRUE(line.starts_with("Stu")) << line;
}

TEST_F(SteeredProgram, writes_the_terms_of_a_glossary_and_says_which_stand_there) {
  file("terms.tsv", "hour\tStunde\nweek\tWoche\n");
  const Outcome outcome = heed("translate model text.txt --glossary terms.tsv --json");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  const auto first = nlohmann::json::parse(lines_of(outcome.out).at(0))["translations"][0];
  ASSERT_EQ(first["terms"].size(), 1u);
  EXPECT_EQ(first["terms"][0]["source"], "hour");
  EXPECT_EQ(first["terms"][0]["met"], true);
  EXPECT_NE(first["text"].get<std::string>().find("Stunde"), std::string::npos);
  EXPECT_NE(outcome.err.find("1 of 1 terms stand in the translations"), std::string::npos) << outcome.err;
}

TEST_F(SteeredProgram, says_which_word_was_made_from_which) {
  EXPECT_NE(content("model/alignment.json").find("\"layer\": \"decoder.layers."), std::string::npos);
  const Outcome plain = heed("translate model text.txt"),
                aligned = heed("translate model text.txt --alignments");
  EXPECT_EQ(aligned.status, 0) << aligned.err;
  for (std::size_t i = 0; i < 2; ++i) {
    const std::string line = lines_of(aligned.out).at(i);
    EXPECT_EQ(line.substr(0, line.find('\t')), lines_of(plain.out).at(i));
    EXPECT_NE(line.find('-', line.find('\t')), std::string::npos) << line;
  }
}

TEST_F(SteeredProgram, of_which_nothing_is_asked_writes_the_same_bytes_in_an_ensemble_with_itself) {
  const Outcome one = heed("translate model text.txt"),
                two = heed("translate model text.txt --ensemble model");
  EXPECT_EQ(two.status, 0) << two.err;
  EXPECT_EQ(one.out, two.out);
}

TEST_F(SteeredProgram, says_what_of_its_options_makes_no_sense) {
  file("broken.tsv", "hour\n");
  EXPECT_EQ(heed("translate model text.txt --glossary broken.tsv").status, 1);
  EXPECT_EQ(heed("translate model text.txt --sample --terms Stunde").status, 2);
  EXPECT_EQ(heed("translate model text.txt --sample --alternatives").status, 2);
  EXPECT_NE(heed("translate model text.txt --ensemble nowhere").err.find("nowhere"), std::string::npos);
}

}  // namespace
}  // namespace heed
