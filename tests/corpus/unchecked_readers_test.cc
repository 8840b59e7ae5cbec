#include "heed/corpus/unchecked_readers.h"

#include <gtest/gtest.h>

#include "heed/base/error.h"
#include "tests/corpus/temporary_files.h"

namespace heed {
namespace {

class UncheckedReaders : public WithFiles {};

TEST_F(UncheckedReaders, pair_lines_as_they_are_and_say_where_they_stand) {
  const auto en = file("en", "a\n\nc\xFF\nd\n"), de = file("de", gzip("x\ny\nz\n"));
  ReadReport report;
  UncheckedLines reader(en, de, report);
  std::string read;
  for (TextPair pair; reader.next(pair);) read += pair.source + "|" + pair.target + ";";
  EXPECT_EQ(read, "a|x;|y;c\xFF|z;");
  UncheckedLines again(en, de, report);
  TextPair pair;
  again.next(pair);
  again.next(pair);
  EXPECT_EQ(again.where(), en.string() + ":2");
  EXPECT_THROW(UncheckedLines("-", "-", report), ConfigError);
}

TEST_F(UncheckedReaders, take_columns_of_a_table) {
  ReadReport report;
  UncheckedTable reader(file("t.tsv", "1\ta\tb\n\n2\tc\td\n"), {.source_column = 3, .target_column = 2},
                        report);
  std::string read;
  for (TextPair pair; reader.next(pair);) read += pair.source + "|" + pair.target + ";";
  EXPECT_EQ(read, "b|a;|;d|c;");
}

TEST_F(UncheckedReaders, count_rows_with_too_few_columns) {
  const auto path = file("t.tsv", "a\tb\nc\nd\te\n");
  ReadReport report;
  UncheckedTable reader(path, {}, report);
  std::string read;
  for (TextPair pair; reader.next(pair);) read += pair.source + "|" + pair.target + ";";
  EXPECT_EQ(read, "a|b;d|e;");
  EXPECT_EQ(report.malformed, 1);
  EXPECT_TRUE(report.first_malformed.starts_with(path.string() + ":2: 1 column")) << report.first_malformed;
}

}  // namespace
}  // namespace heed
