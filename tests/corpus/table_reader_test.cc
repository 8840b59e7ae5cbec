#include "heed/corpus/table_reader.h"

#include <gtest/gtest.h>

#include "heed/base/error.h"
#include "heed/corpus/parallel_corpus.h"
#include "tests/corpus/temporary_files.h"

namespace heed {
namespace {

class TableReaderOf : public WithFiles {
 protected:
  std::string read(const std::string& name, std::string_view content, const ReadOptions& options = {}) {
    const ParallelCorpus corpus = read_tsv(file(name, content), options);
    report = corpus.report;
    std::string text;
    for (const TextPair& pair : corpus.pairs) text += pair.source + "|" + pair.target + ";";
    return text;
  }
  std::string refusal(const std::string& content) {
    try {
      read("t.csv", content);
    } catch (const DataError& error) {
      return error.what();
    }
    return "";
  }

  ReadReport report;
};

TEST_F(TableReaderOf, csv_gives_each_cell_on_one_line_and_says_what_it_took_it_for) {
  EXPECT_EQ(read("t.csv", "\"Hello, world\",\"Hallo,\n Welt\"\nbye,ade\n"),
            "Hello, world|Hallo, Welt;bye|ade;");
  ASSERT_EQ(report.notes.size(), 1u);
  EXPECT_NE(report.notes[0].find("separated by commas"), std::string::npos) << report.notes[0];
}

TEST_F(TableReaderOf, any_table_finds_its_columns_by_a_header) {
  const ReadOptions german{.source_language = "en", .target_language = "de_AT"};
  for (const auto& [header, row] : {std::pair{"id,en,de", "1,dog,Hund"},
                                    {"id,ENG,Deutsch", "1,dog,Hund"},
                                    {"n,English,German (Austria)", "1,dog,Hund"},
                                    {"x,source,target", "1,dog,Hund"},
                                    {"n,de,fr,en", "1,Hund,chien,dog"},
                                    {"id,translation,src", "1,Hund,dog"}}) {
    EXPECT_EQ(read("t.csv", message(header, "\n", row, "\n"), german), "dog|Hund;") << header;
    EXPECT_NE(report.lines()[1].find("the first row is a header"), std::string::npos) << report.lines()[1];
  }
}

TEST_F(TableReaderOf, any_table_keeps_a_first_row_that_only_looks_like_a_header) {
  for (const std::string row : {"it\tes", "so\tno", "source\tQuelle", "English\tEnglisch", "de\tvon"}) {
    read("t.tsv", row + "\nx\ty\n");
    EXPECT_EQ(report.kept, 2) << row;
    EXPECT_EQ(report.notes.size(), 0u) << row;
  }
  EXPECT_EQ(read("t.tsv", "en\tde\nx\ty\n",
                 {.header = HeaderRow::no, .source_language = "en", .target_language = "de"}),
            "en|de;x|y;");
  EXPECT_EQ(read("t.tsv", "A\tB\nx\ty\n", {.header = HeaderRow::yes}), "x|y;");
}

TEST_F(TableReaderOf, damaged_rows_ends_or_leaves_them_out_counted_and_shown) {
  const std::string rows = "a,A\nb,B\nc,C\nd,D\ne,E\nf,F\n";
  for (const std::string damaged : {"g\n", "g,G,?\n", "\"g\"h,G\n", "\"g,G\n"}) {
    const std::string said = refusal(rows + damaged + rows);
    EXPECT_NE(said.find("t.csv:7: "), std::string::npos) << said;
    EXPECT_NE(said.find("leave out such entries with --skip-invalid"), std::string::npos) << said;
    EXPECT_EQ(read("t.csv", rows + damaged + "h,H\n", {.skip_invalid = true}), "a|A;b|B;c|C;d|D;e|E;f|F;h|H;")
        << damaged;
    EXPECT_EQ(report.malformed, 1);
    EXPECT_EQ(report.read, 8);
    EXPECT_NE(report.lines().back().find("1 pair skipped: damaged, first at "), std::string::npos);
  }
}

}  // namespace
}  // namespace heed
