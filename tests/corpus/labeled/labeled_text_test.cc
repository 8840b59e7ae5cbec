#include "heed/corpus/labeled/labeled_text.h"

#include <gtest/gtest.h>

#include "heed/corpus/labeled/labels.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/tensors.h"

namespace heed {
namespace {

class LabeledTexts : public WithFolder {
 protected:
  std::vector<LabeledText> read(std::string_view content, const LabelReading& reading = {}) const {
    const std::filesystem::path files[] = {file("texts", content)};
    return read_labeled(files, reading);
  }
  void expect_refused(std::string_view content, const LabelReading& reading, const std::string& says) const {
    const std::string said = message_of<DataError>([&] { read(content, reading); });
    EXPECT_NE(said.find(says), std::string::npos) << said;
  }
};

TEST_F(LabeledTexts, of_a_tsv_may_have_labels_with_spaces_and_no_text) {
  const auto texts = read("\xEF\xBB\xBFvery good\ta film\r\n\nbad\t\n bad \t a\tb \n");
  ASSERT_EQ(texts.size(), 3u);
  EXPECT_EQ(texts[0].label, "very good");
  EXPECT_EQ(texts[0].text, "a film");
  EXPECT_EQ(texts[1].text, "");
  EXPECT_EQ(texts[2].label, "bad");
  EXPECT_EQ(texts[2].text, "a\tb");
  EXPECT_EQ(labels_of(texts), (std::vector<std::string>{"bad", "very good"}));
}

TEST_F(LabeledTexts, may_begin_with_the_label) {
  const auto texts = read("1 a film \n0\n");
  ASSERT_EQ(texts.size(), 2u);
  EXPECT_EQ(texts[0].label, "1");
  EXPECT_EQ(texts[0].text, "a film");
  EXPECT_EQ(texts[1].label, "0");
  EXPECT_EQ(texts[1].text, "");
}

TEST_F(LabeledTexts, with_a_tab_that_is_missing_are_refused_with_their_line) {
  expect_refused("good\ta film\nno tab\n", {}, "texts:2: expected a label, a tab and a text");
  expect_refused("no tab\ngood\ta film\n", {}, "texts:2: has a tab, but lines before it have none");
  expect_refused("good\ta\n\tb\n", {}, "texts:2: there is no label before the tab");
  EXPECT_EQ(read("one two\none\ttwo\n", {.format = LabelFormat::first_word}).size(), 2u);
}

TEST_F(LabeledTexts, are_of_the_encoding_or_refused) {
  expect_refused("1 cr\xE8me\n", {}, "texts:1: byte 5 is not UTF-8; say --encoding latin1");
  EXPECT_EQ(read("1 cr\xE8me\n", {.encoding = TextEncoding::latin1})[0].text, "crème");
}

}  // namespace
}  // namespace heed
