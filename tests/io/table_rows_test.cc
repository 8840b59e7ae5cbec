#include "heed/io/table_rows.h"

#include <gtest/gtest.h>

#include "heed/base/error.h"
#include "tests/corpus/temporary_files.h"

namespace heed {
namespace {

using Rows = std::vector<std::vector<std::string>>;

class TableRowsOf : public WithFiles {
 protected:
  Rows read(const std::string& name, std::string_view content, const TableOptions& options = {}) {
    problems.clear();
    TableRows rows(file(name, content), options);
    note = rows.note();
    Rows read;
    for (TableRow row; rows.next(row);) {
      if (row.blank) continue;
      if (row.problem.empty())
        read.emplace_back(row.cells().begin(), row.cells().end());
      else
        problems.push_back(rows.where().substr(rows.where().rfind(':') + 1) + ": " + row.problem);
    }
    return read;
  }

  std::vector<std::string> problems;
  std::string note;
};

TEST_F(TableRowsOf, csv_are_what_rfc_4180_says) {
  const Rows expected{{"a", "b, c", "say \"hi\""}, {"", "two\nlines", "x"}, {"last", "", "y"}};
  const std::string content = "a,\"b, c\",\"say \"\"hi\"\"\"\r\n\"\",\"two\r\nlines\",x\r\n\r\nlast,,y";
  EXPECT_EQ(read("t.csv", content), expected);
  EXPECT_EQ(note, (folder_ / "t.csv").string() + ": columns separated by commas, cells may be in quotes");
  EXPECT_EQ(read("t.csv.gz", gzip(content)), expected);
}

TEST_F(TableRowsOf, csv_have_the_separator_that_gives_each_row_as_many_columns) {
  const Rows expected{{"a, b", "1"}, {"c", "2"}, {"d, e, f", "3"}};
  EXPECT_EQ(read("t.csv", "a, b;1\nc;2\nd, e, f;3\n"), expected);
  EXPECT_EQ(read("t.csv", "a, b|1\nc|2\nd, e, f|3\n"), expected);
  EXPECT_EQ(read("t.csv", "a, b\t1\nc\t2\nd, e, f\t3\n"), expected);
  EXPECT_EQ(read("t.csv", "\"a, b\",1\nc,2\n\"d, e, f\",3\n"), expected);
  EXPECT_EQ(read("t.csv", "sep=;\r\na, b;1\r\nc;2\r\nd, e, f;3\r\n"), expected);
  // A comma in the first cell, a semicolon in the second: only quotes tell.
  EXPECT_EQ(read("t", "\"x, y\";\"a; b\"\n\"x, y\";\"a; b\"\n"), (Rows{{"x, y", "a; b"}, {"x, y", "a; b"}}));
}

TEST_F(TableRowsOf, csv_whose_separator_is_open_are_refused_until_it_is_given) {
  EXPECT_THROW(read("t.csv", "a;b,c\nd;e,f\n"), DataError);
  EXPECT_EQ(read("t.csv", "a;b,c\nd;e,f\n", {.separator = Separator::comma}),
            (Rows{{"a;b", "c"}, {"d;e", "f"}}));
}

TEST_F(TableRowsOf, tsv_keep_quotes_that_belong_to_the_text) {
  EXPECT_EQ(read("t.tsv", "\"Hi,\" he said.\t\"Hallo\"\n\"Go!\"\t\"Geh!\"\n\"open\tx\n"),
            (Rows{{"\"Hi,\" he said.", "\"Hallo\""}, {"\"Go!\"", "\"Geh!\""}, {"\"open", "x"}}));
  EXPECT_EQ(note, "");
}

TEST_F(TableRowsOf, tsv_as_spreadsheets_write_them_lose_the_quotes_they_need) {
  const Rows expected{{"He said \"hi\".", "a\tb"}, {"plain", "two\nlines"}};
  EXPECT_EQ(read("t.tsv", "\"He said \"\"hi\"\".\"\t\"a\tb\"\nplain\t\"two\nlines\"\n"), expected);
  EXPECT_NE(note.find("cells may be in quotes"), std::string::npos);
  EXPECT_EQ(read("t", "\"one\"\t1\n\"two\"\t2\n\"three\"\t3\n"),
            (Rows{{"one", "1"}, {"two", "2"}, {"three", "3"}}));
  EXPECT_EQ(read("t", "\"one\"\t1\n\"two\"\t2\n\"three\"\t3\n", {.quotes = CellQuotes::no}),
            (Rows{{"\"one\"", "1"}, {"\"two\"", "2"}, {"\"three\"", "3"}}));
}

TEST_F(TableRowsOf, damaged_rows_say_what_is_wrong_and_others_are_read) {
  std::string sound;
  for (int i = 0; i < 10; ++i) sound += "a,b\n";
  EXPECT_EQ(read("t.csv", sound + "x,y,z\nc,d\n").back(), (Rows::value_type{"c", "d"}));
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_TRUE(problems[0].starts_with("11: 3 columns where the table has 2")) << problems[0];
  EXPECT_EQ(read("t.csv", sound + "\"x\"y,z\nc,d\n").size(), 11u);
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_TRUE(problems[0].starts_with("11: text follows the closing quote")) << problems[0];
  EXPECT_EQ(read("t.csv", sound + "\"x,z\nc,d\ne,f\n").size(), 12u);
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_TRUE(problems[0].starts_with("11: a cell begins with a quote that nothing closes")) << problems[0];
}

TEST_F(TableRowsOf, text_without_columns_are_lines) {
  TableRows rows(file("t.txt", "One, two.\nThree.\n"), {});
  EXPECT_FALSE(rows.dialect());
  TableRow row;
  ASSERT_TRUE(rows.next(row));
  EXPECT_EQ(row.cells()[0], "One, two.");
}

TEST_F(TableRowsOf, other_formats_are_named) {
  for (const std::string content :
       {"{\"a\": \"b\", \"c\": 1}\n{\"a\": \"d\", \"c\": 2}\n", "[{\"a\": 1}]\n", "<?xml version='1.0'?>\n"})
    EXPECT_THROW(read("t", content), DataError) << content;
}

TEST_F(TableRowsOf, rows_beyond_the_beginning_are_read_alike) {
  std::string content;
  for (int i = 0; i < 20'000; ++i) content += std::to_string(i) + ",\"a, " + std::to_string(i) + "\"\n";
  const Rows rows = read("t.csv", content);
  ASSERT_EQ(rows.size(), 20'000u);
  EXPECT_EQ(rows.back(), (Rows::value_type{"19999", "a, 19999"}));
}

}  // namespace
}  // namespace heed
