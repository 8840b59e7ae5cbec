#include "heed/corpus/drift.h"

#include <gtest/gtest.h>

#include <fstream>

#include "heed/io/line_reader.h"
#include "heed/sample/sample_corpus.h"
#include "tests/corpus/temporary_files.h"
#include "tests/support/shared_data.h"

namespace heed {
namespace {

using Lines = std::vector<std::string>;

Drift drift_of(const Lines& source, const Lines& target) {
  DriftDetector detector;
  for (std::size_t i = 0; i < std::max(source.size(), target.size()); ++i) {
    if (i < source.size()) detector.add_source(source[i]);
    if (i < target.size()) detector.add_target(target[i]);
  }
  return detector.finish();
}

/// Captions in two languages: all of about the same length, few numbers, a full stop behind each.
class DriftOfCaptions : public testing::Test {
 protected:
  void SetUp() override {
    const SharedData folder("multi30k/raw");
    if (!folder.here()) GTEST_SKIP() << folder.missing();
    source_ = read_lines(folder / "train.en.gz");
    target_ = read_lines(folder / "train.de.gz");
    source_.resize(6000);
    target_.resize(6000);
  }

  Lines source_, target_;
};

TEST_F(DriftOfCaptions, is_not_there_where_they_run_side_by_side) {
  const Drift drift = drift_of(source_, target_);
  EXPECT_EQ(drift.first_line(), 0);
  EXPECT_EQ(drift.text("a", "b"), "");
}

TEST_F(DriftOfCaptions, is_found_near_a_line_that_was_lost) {
  for (const std::size_t lost : {40u, 2500u, 5900u}) {
    Lines target = target_;
    target.erase(target.begin() + static_cast<std::ptrdiff_t>(lost));
    const Drift drift = drift_of(source_, target);
    ASSERT_EQ(drift.parts.size(), 2u) << lost;
    EXPECT_EQ(drift.parts[1].shift, -1);
    EXPECT_NEAR(static_cast<double>(drift.first_line()), static_cast<double>(lost) + 1, 4) << lost;
  }
}

TEST_F(DriftOfCaptions, is_found_near_the_end_by_the_number_of_lines) {
  Lines source = source_;
  source.erase(source.begin() + 5980);
  const Drift drift = drift_of(source, target_);
  EXPECT_NEAR(static_cast<double>(drift.first_line()), 5981, 6);
  EXPECT_EQ(drift.parts.back().shift, 1);
}

TEST_F(DriftOfCaptions, is_found_where_both_have_lost_a_line) {
  Lines source = source_, target = target_;
  source.erase(source.begin() + 2000);
  target.erase(target.begin() + 4000);
  const Drift drift = drift_of(source, target);
  ASSERT_EQ(drift.parts.size(), 3u);
  EXPECT_NEAR(static_cast<double>(drift.parts[1].source_line), 2001, 4);
  EXPECT_EQ(drift.parts[1].shift, 1);
  EXPECT_NEAR(static_cast<double>(drift.parts[2].source_line), 4000, 4);
  EXPECT_EQ(drift.parts[2].shift, 0);
}

TEST_F(DriftOfCaptions, beyond_the_widest_shift_is_said_to_be_unrelated) {
  Lines target = target_;
  target.erase(target.begin() + 3000, target.begin() + 3500);
  const Drift drift = drift_of(source_, target);
  ASSERT_GE(drift.parts.size(), 2u);
  EXPECT_NEAR(static_cast<double>(drift.first_line()), 3001, 12);
  EXPECT_FALSE(drift.parts[1].related);
}

TEST(Drift, of_the_sample_corpus_is_exact_where_a_line_was_added) {
  Lines source, target;
  for (const TextPair& pair : sample_corpus({.count = 2000, .seed = 3})) {
    source.push_back(pair.source);
    target.push_back(pair.target);
  }
  EXPECT_EQ(drift_of(source, target).first_line(), 0);
  const std::string added = "Zeile 4711, die niemand übersetzt hat";
  target.insert(target.begin() + 1200, added);
  const Drift drift = drift_of(source, target);
  EXPECT_NEAR(static_cast<double>(drift.first_line()), 1201, 2);
  EXPECT_NE(drift.text("en", "de").find("line n of en seems to belong to line n + 1 of de"),
            std::string::npos);
}

TEST(Drift, of_short_and_empty_texts_is_none) {
  EXPECT_EQ(drift_of({}, {}).first_line(), 0);
  EXPECT_EQ(drift_of({"a"}, {"b"}).first_line(), 0);
  EXPECT_EQ(drift_of({"a", "", "c"}, {"x", "", "z"}).first_line(), 0);
}

TEST(Drift, of_one_empty_file_takes_every_line_for_unpaired) {
  const Drift drift = drift_of(Lines(1000, "a line"), {});
  EXPECT_EQ(drift.source_lines, 1000);
  EXPECT_EQ(drift.target_lines, 0);
}

TEST(Drift, of_hostile_lines_comes_to_an_end) {
  Lines source, target;
  for (int i = 0; i < 300; ++i) {
    source.push_back(std::string(static_cast<std::size_t>(i % 7) * 1000, '\xFF'));
    target.push_back(std::string("\0\x1B\xC3", 3) + std::to_string(i) + std::string(5000, '9'));
  }
  EXPECT_EQ(drift_of(source, target).source_lines, 300);
}

}  // namespace
}  // namespace heed
