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
    notes.clear();
    const std::filesystem::path files[] = {file("texts", content)};
    return read_labeled(files, reading, [this](const std::string& note) { notes += note + "\n"; });
  }
  /// "label|text;" of each.
  std::string shown(std::string_view content, const LabelReading& reading = {}) const {
    std::string all;
    for (const auto& [label, text] : read(content, reading)) all += label + "|" + text + ";";
    return all;
  }
  mutable std::string notes;
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
  expect_refused("good\ta film\nno tab\n", {}, "; or leave out such rows with --skip-invalid");
  expect_refused("no tab\ngood\ta film\n", {}, "texts:2: has a tab, but lines before it have none");
  expect_refused("good\ta\n\tb\n", {}, "texts:2: there is no label in column 1");
  EXPECT_EQ(read("one two\none\ttwo\n", {.format = LabelFormat::first_word}).size(), 2u);
}

TEST_F(LabeledTexts, of_a_csv_are_its_first_column_and_all_others) {
  EXPECT_EQ(shown("\"3\",\"Wall St. falls, again\",\"They say \"\"no\"\".\"\n\"4\",\"Chips\",\"\"\n"),
            "3|Wall St. falls, again They say \"no\".;4|Chips;");
  EXPECT_NE(notes.find("separated by commas, cells may be in quotes"), std::string::npos) << notes;
  EXPECT_EQ(shown("5;fine, really\n1;bad\n"), "5|fine, really;1|bad;");
}

TEST_F(LabeledTexts, of_a_table_with_a_header_are_where_it_says) {
  const std::string expected = "good|a film;bad|no, none;";
  EXPECT_EQ(shown("text,label\na film,good\n\"no, none\",bad\n"), expected);
  EXPECT_NE(notes.find("label in column 2 (label), text in column 1 (text)"), std::string::npos) << notes;
  EXPECT_EQ(shown("id;Review_Text;class index\n1;a film;good\n2;no, none;bad\n"), expected);
  EXPECT_EQ(shown("Label\tSMS\ngood\ta film\nbad\tno, none\n"), expected);
  EXPECT_EQ(shown("sentiment\treview\ngood\ta film\nbad\tno, none\n"), expected);
  EXPECT_EQ(shown("v1,v2,,,\ngood,a film,,,\nbad,\"no, none\",,,\n"), expected);
  EXPECT_EQ(shown("x\ty\ngood\ta film\n", {.header = HeaderRow::yes}), "good|a film;");
  EXPECT_EQ(shown("label\ttext\n", {.header = HeaderRow::no}), "label|text;");
}

TEST_F(LabeledTexts, of_a_table_may_be_in_any_columns) {
  EXPECT_EQ(shown("a film\tgood\nno\tbad\n", {.label_column = 2}), "good|a film;bad|no;");
  EXPECT_EQ(shown("a film\tgood\nno\tbad\n", {.text_column = 1}), "good|a film;bad|no;");
  EXPECT_EQ(shown("x\t1\t*\ta film\n", {.label_column = 2, .text_column = 4}), "1|a film;");
  expect_refused("x\t1\n", {.label_column = 2, .text_column = 4},
                 "texts:1: 2 columns, but column 4 is needed");
  EXPECT_THROW(read("a\tb\n", {.label_column = 2, .text_column = 2}), ConfigError);
}

TEST_F(LabeledTexts, of_prose_have_no_columns) {
  EXPECT_EQ(read("1 yes, sir\n0 no, sir\n").front().text, "yes, sir");
  EXPECT_EQ(read("1 a; b\n0 c; d\n").front().label, "1");
  // Quotes that would join lines of a table join none of prose.
  EXPECT_EQ(shown("x y,b\nx y,b\nx y,b\nx y,b\nc,\"d\ne\" f\ng,\"h\n"),
            "x|y,b;x|y,b;x|y,b;x|y,b;c,\"d|;e\"|f;g,\"h|;");
  EXPECT_EQ(shown("\"x\ny\" z,b\nc,d\nc,d\nc,d\nc,d\ne,\"f\n"), "\"x|;y\"|z,b;c,d|;c,d|;c,d|;c,d|;e,\"f|;");
  EXPECT_EQ(notes, "");
}

TEST_F(LabeledTexts, that_are_damaged_rows_are_refused_with_their_line) {
  const std::string rows = "a,x\nb,y\na,x\nb,y\na,x\n";
  expect_refused(rows + "a,x,y\n", {.format = LabelFormat::csv}, "texts:6: 3 columns where the table has 2");
  expect_refused(rows + "a,\"x\n", {.format = LabelFormat::csv}, "texts:6: a cell begins with a quote");
  expect_refused("a b\nc d\n", {.format = LabelFormat::csv}, "texts:1: no separator gives each row");
  expect_refused("{\"label\": 1, \"text\": \"x\"}\n", {}, "looks like JSON");
}

TEST_F(LabeledTexts, that_are_damaged_rows_are_left_out_and_counted_where_that_is_asked_for) {
  const auto skipping = [](LabelReading reading) {
    reading.skip_invalid = true;
    return reading;
  };
  const std::string rows = "a,x\nb,y\na,x\nb,y\na,x\n";
  EXPECT_EQ(shown(rows + "a,x,y\n\"b\nb,z\n", skipping({.format = LabelFormat::csv})),
            "a|x;b|y;a|x;b|y;a|x;b|z;");
  EXPECT_NE(notes.find("texts: 2 rows skipped: damaged, first "), std::string::npos) << notes;
  EXPECT_NE(notes.find("texts:6: 3 columns where the table has 2"), std::string::npos) << notes;
  EXPECT_EQ(shown("good\ta film\nno tab\n\tb\nbad\tc\n", skipping({})), "good|a film;bad|c;");
  EXPECT_EQ(shown("1 cr\xE8me\n0 b\nc\td\n", skipping({})), "0|b;");
  EXPECT_NE(notes.find("2 rows skipped: damaged, first "), std::string::npos) << notes;
}

TEST_F(LabeledTexts, are_of_the_encoding_or_refused) {
  expect_refused("1 cr\xE8me\n", {}, "texts:1: byte 5 is not UTF-8; say --encoding latin1");
  const LabelReading latin1{.encoding = TextEncoding::latin1};
  EXPECT_EQ(read("1 cr\xE8me\n", latin1)[0].text, "crème");
  // Spaces of any width are no text and no label, whatever the encoding writes them as.
  EXPECT_EQ(read("1 cr\xE8me\n\xA0\n", latin1).size(), 1u);
  EXPECT_EQ(read("1 cream\n\u00A0\n").size(), 1u);
  expect_refused("1 cr\xE8me\n\xA0 x\n", latin1, "texts:2: the label is blank");
  expect_refused("1 cream\n\u00A0 x\n", {}, "texts:2: the label is blank");
  expect_refused("\xA0\tx\n", latin1, "texts:1: the label is blank");
}

}  // namespace
}  // namespace heed
