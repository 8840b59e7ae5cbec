#include "heed/io/exact_lines.h"

#include <vector>

#include "heed/base/error.h"
#include "heed/io/file_fingerprint.h"
#include "heed/text/unicode.h"
#include "tests/corpus/temporary_files.h"

namespace heed {
namespace {

struct Found {
  std::string text, end;
  bool whole;
  Index number;
  bool operator==(const Found&) const = default;
};

class ExactLinesOf : public WithFiles {
 protected:
  std::vector<Found> read(std::string_view content, std::size_t most = 1 << 20) const {
    ExactLines lines(file("text", content), most);
    std::vector<Found> found;
    for (ExactLine line; lines.next(line);)
      found.push_back({std::string(line.text), std::string(line.end), line.whole, line.number});
    return found;
  }
};

TEST_F(ExactLinesOf, a_text_keep_their_ends) {
  EXPECT_EQ(read("a\r\n\n b\rc \n\nend"), (std::vector<Found>{{"a", "\r\n", true, 1},
                                                              {"", "\n", true, 2},
                                                              {" b\rc ", "\n", true, 3},
                                                              {"", "\n", true, 4},
                                                              {"end", "", true, 5}}));
  EXPECT_TRUE(read("").empty());
}

TEST_F(ExactLinesOf, a_long_line_come_in_parts_cut_before_spaces) {
  EXPECT_EQ(
      read("one two three\nfour", 8),
      (std::vector<Found>{{"one two", "", false, 1}, {" three", "\n", false, 1}, {"four", "", true, 2}}));
}

TEST_F(ExactLinesOf, any_text_put_together_are_the_text_and_know_their_place) {
  std::string text;
  for (int i = 0; i < 3000; ++i)
    text += i % 7 == 0    ? "\n"
            : i % 11 == 0 ? "\r\n"
            : i % 5 == 0  ? " "
            : i % 3 == 0  ? "\U0001F680"
                          : "\u00E9x";
  text.append(200'000, 'x').append("\n").append(70'000, ' ');
  for (const std::size_t most : {8, 9, 13, 1000, 65536, 1 << 20})
    for (const std::string& stored : {text, gzip(text), zstd(text)}) {
      ExactLines lines(file("text", stored), most);
      std::string together;
      for (ExactLine line; lines.next(line);) {
        ASSERT_EQ(line.first_byte, std::ssize(together) + 1);
        ASSERT_LE(line.text.size(), most);
        ASSERT_FALSE(first_invalid_utf8(line.text));
        together.append(line.text).append(line.end);
      }
      ASSERT_EQ(together, text) << most;
    }
}

TEST_F(ExactLinesOf, old_systems_end_at_carriage_returns) {
  EXPECT_EQ(read("a\rb\r\rc"),
            (std::vector<Found>{
                {"a", "\r", true, 1}, {"b", "\r", true, 2}, {"", "\r", true, 3}, {"c", "", true, 4}}));
  EXPECT_EQ(read("a\r"), (std::vector<Found>{{"a", "\r", true, 1}}));
  EXPECT_EQ(read("a\rb\n"), (std::vector<Found>{{"a\rb", "\n", true, 1}}));
}

TEST_F(ExactLinesOf, utf16_are_utf8) {
  EXPECT_EQ(read(utf16("a\nb")), (std::vector<Found>{{"a", "\n", true, 1}, {"b", "", true, 2}}));
}

class FileFingerprint : public WithFiles {};

TEST_F(FileFingerprint, follows_size_and_time) {
  const auto path = file("text", "some");
  const std::string before = file_fingerprint(path);
  EXPECT_EQ(file_fingerprint(path), before);
  file("text", "more of it");
  EXPECT_NE(file_fingerprint(path), before);
  EXPECT_THROW(file_fingerprint(folder_ / "absent"), FileError);
}

}  // namespace
}  // namespace heed
