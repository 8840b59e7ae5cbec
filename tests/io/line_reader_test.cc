#include "heed/io/line_reader.h"

#include <gtest/gtest.h>

#include "heed/base/error.h"
#include "tests/corpus/temporary_files.h"

namespace heed {
namespace {

using namespace std::string_literals;
using Lines = std::vector<std::string>;

class LineReaderOf : public WithFiles {};

TEST_F(LineReaderOf, plain_text_strips_mark_and_carriage_returns) {
  EXPECT_EQ(read_lines(file("a", "\xEF\xBB\xBFone\r\ntwo\n\n\r\nfive")),
            (Lines{"one", "two", "", "", "five"}));
  EXPECT_EQ(read_lines(file("a", "")), Lines{});
  EXPECT_EQ(read_lines(file("a", "\xEF\xBB\xBF")), Lines{});
  EXPECT_EQ(read_lines(file("a", "\n")), Lines{""});
  EXPECT_EQ(read_lines(file("a", "a")), Lines{"a"});
  EXPECT_EQ(read_lines(file("a", "\x1F")), Lines{"\x1F"});
  EXPECT_EQ(read_lines(file("a", "nul\0here\n\xFF\n"s)), (Lines{"nul\0here"s, "\xFF"}));
}

TEST_F(LineReaderOf, gzip_goes_by_content_not_by_name) {
  EXPECT_EQ(read_lines(file("a.txt", gzip("\xEF\xBB\xBFone\r\ntwo"))), (Lines{"one", "two"}));
  EXPECT_EQ(read_lines(file("a.gz", "plain\n")), Lines{"plain"});
  EXPECT_EQ(read_lines(file("a.gz", gzip(""))), Lines{});
}

TEST_F(LineReaderOf, gzip_reads_members_to_the_end) {
  EXPECT_EQ(
      read_lines(file("a.gz", gzip("one\ntw") + gzip("") + gzip("o\nthree\n") + std::string(100, '\0'))),
      (Lines{"one", "two", "three"}));
}

TEST_F(LineReaderOf, large_files_and_lines_come_whole) {
  Lines lines;
  std::string content;
  for (int i = 0; i < 50'000; ++i) lines.push_back(std::to_string(i * 7919));
  lines.push_back(std::string(1'000'000, 'x'));
  for (const std::string& line : lines) content += line + "\n";
  EXPECT_EQ(read_lines(file("a", content)), lines);
  EXPECT_EQ(read_lines(file("a", gzip(content))), lines);
}

TEST_F(LineReaderOf, gzip_cut_anywhere_is_refused) {
  const std::string whole = gzip("one\ntwo\nthree\n");
  for (std::size_t size = 2; size < whole.size(); ++size)
    EXPECT_THROW(read_lines(file("a.gz", whole.substr(0, size))), DataError) << size;
}

TEST_F(LineReaderOf, damaged_gzip_is_refused) {
  std::string damaged = gzip("one two three four five six seven\n");
  damaged[damaged.size() - 6] ^= 1;  // its checksum
  EXPECT_THROW(read_lines(file("a.gz", damaged)), DataError);
  EXPECT_THROW(read_lines(file("a.gz", gzip("one\n") + "rest")), DataError);
}

TEST_F(LineReaderOf, zstd_goes_by_content_and_reads_frames_to_the_end) {
  EXPECT_EQ(read_lines(file("a.txt", zstd("\xEF\xBB\xBFone\r\ntw") + zstd("o\n"))), (Lines{"one", "two"}));
  EXPECT_EQ(read_lines(file("a.zst", zstd(""))), Lines{});
  const std::string long_line(1'000'000, 'x');
  EXPECT_EQ(read_lines(file("a.zst", zstd(long_line))), Lines{long_line});
}

TEST_F(LineReaderOf, zstd_may_begin_with_frames_to_be_skipped) {
  for (unsigned char kind = 0; kind < 16; ++kind) {
    const std::string content =
        skippable_frame("size", kind) + zstd("one\ntw") + skippable_frame("") + zstd("o\n");
    EXPECT_EQ(read_lines(file("a", content)), (Lines{"one", "two"})) << int{kind};
  }
  EXPECT_EQ(read_lines(file("a", "P*M and so on\n")), Lines{"P*M and so on"});
}

TEST_F(LineReaderOf, xz_and_bzip2_go_by_content_and_read_streams_to_the_end) {
  const std::string long_line(1'000'000, 'x');
  for (const auto& compressed : {xz, bzip2}) {
    EXPECT_EQ(
        read_lines(file("a.txt", compressed("\xEF\xBB\xBFone\r\ntw") + compressed("") + compressed("o\n"))),
        (Lines{"one", "two"}));
    EXPECT_EQ(read_lines(file("a", compressed(""))), Lines{});
    EXPECT_EQ(read_lines(file("a", compressed(long_line))), Lines{long_line});
  }
  EXPECT_EQ(read_lines(file("a", "BZh9 is how it begins\n")), Lines{"BZh9 is how it begins"});
}

TEST_F(LineReaderOf, xz_and_bzip2_cut_anywhere_or_damaged_are_refused) {
  for (const auto& compressed : {xz, bzip2}) {
    const std::string whole = compressed("one\ntwo\nthree\n");
    for (std::size_t size = 6; size < whole.size(); ++size)
      EXPECT_THROW(read_lines(file("a", whole.substr(0, size))), DataError) << size;
    EXPECT_THROW(read_lines(file("a", whole + "rest")), DataError);
    std::string damaged = whole;
    damaged[whole.size() / 2] ^= 1;
    EXPECT_THROW(read_lines(file("a", damaged)), DataError);
  }
}

TEST_F(LineReaderOf, zstd_cut_or_damaged_is_refused) {
  const std::string whole = zstd("one\ntwo\nthree\n");
  for (std::size_t size = 4; size < whole.size(); ++size)
    EXPECT_THROW(read_lines(file("a.zst", whole.substr(0, size))), DataError) << size;
  EXPECT_THROW(read_lines(file("a.zst", whole + "rest")), DataError);
}

TEST_F(LineReaderOf, utf16_becomes_utf8) {
  EXPECT_EQ(read_lines(file("a", utf16("one\r\ntwo"))), (Lines{"one", "two"}));
  EXPECT_EQ(read_lines(file("a", gzip(utf16("one\ntwo\n", true)))), (Lines{"one", "two"}));
  EXPECT_EQ(read_lines(file("a", "\xFF\xFE\x3D\xD8\x00\xDE"s)), Lines{"\xF0\x9F\x98\x80"});
}

TEST_F(LineReaderOf, utf16_cut_within_a_character_is_refused) {
  EXPECT_THROW(read_lines(file("a", utf16("one") + "t")), DataError);
  EXPECT_THROW(read_lines(file("a", "\xFF\xFE\x3D\xD8"s)), DataError);
}

TEST_F(LineReaderOf, other_formats_are_named) {
  const std::string zeros(300, '\0');
  std::string tar = "corpus/a.en" + zeros;
  tar.replace(257, 6, "ustar\0"s);
  const std::vector<std::pair<std::string, std::string>> files{
      {"%PDF-1.4", "is a document"},
      {"PK\x03\x04...", "is an archive"},
      {tar, "is an archive"},
      {gzip(tar), "is an archive"},
      {"BZh91AY", "bzip2 file ends too early"},
      {"\xFD\x37zXZ\0"s, "xz file ends too early"},
      {gzip(zstd("a\n")), "is compressed twice"},
      {zstd(bzip2("a\n")), "is compressed twice"},
      {"\x04\x22\x4D\x18...", "in a way that is not read"},
      {"LZIP\x01...", "in a way that is not read"},
      {"\x89PNG\r\n\x1A\n", "is a picture"},
      {"\x7F"
       "ELF\x02",
       "is a program"},
      {"PAR1\x15\0"s, "is a binary table"},
      {utf16("one two three").substr(2), "iconv -f UTF-16LE"},
      {utf16("one two three", true).substr(2), "iconv -f UTF-16BE"},
      {"\1\2\3\4 and so on", "bytes stand in no text"}};
  for (const auto& [content, says] : files) {
    try {
      read_lines(file("a", content));
      FAIL() << says;
    } catch (const DataError& error) {
      EXPECT_NE(std::string(error.what()).find(says), std::string::npos) << error.what() << " for " << says;
    }
  }
  EXPECT_THROW(read_lines(folder_ / "missing"), FileError);
  EXPECT_THROW(read_lines(folder_), FileError);
}

TEST_F(LineReaderOf, old_systems_ends_lines_at_carriage_returns) {
  EXPECT_EQ(read_lines(file("a", "one\rtwo\r\rfour")), (Lines{"one", "two", "", "four"}));
  EXPECT_EQ(read_lines(file("a", "one\rtwo\r")), (Lines{"one", "two"}));
  EXPECT_EQ(read_lines(file("a", gzip(utf16("one\rtwo\r")))), (Lines{"one", "two"}));
  std::string many;
  for (int i = 0; i < 30'000; ++i) many += std::to_string(i) + "\r";
  EXPECT_EQ(read_lines(file("a", many)).size(), 30'000u);
  EXPECT_EQ(read_lines(file("a", many + "x\r\ny\nz")).size(), 30'003u);
}

TEST_F(LineReaderOf, any_file_never_gives_a_carriage_return_and_says_what_it_met) {
  std::string said;
  const auto read = [&](std::string_view content) {
    said.clear();
    const auto path = file("a", content);
    const Lines lines =
        read_lines(path, [&](const std::string& note) { said = note.substr(path.string().size()); });
    for (const std::string& line : lines) EXPECT_EQ(line.find('\r'), std::string::npos);
    return lines;
  };
  EXPECT_EQ(read("one\r\ntwo\r\r\nthree\n"), (Lines{"one", "two", "three"}));
  EXPECT_EQ(said, "");
  EXPECT_EQ(read("one\ntw\ro\n\rthree\r\n"), (Lines{"one", "tw o", " three"}));
  EXPECT_EQ(said, ": 2 lines have carriage returns within, which are read as spaces; first line 2");
  EXPECT_EQ(read("one\rtwo\r"), (Lines{"one", "two"}));
  EXPECT_EQ(said, ": lines end with carriage returns, as on old systems");
}

TEST_F(LineReaderOf, any_file_says_where_it_is) {
  LineReader reader(file("a", "one\ntwo\n"));
  reader.next();
  reader.next();
  EXPECT_EQ(reader.where(), (folder_ / "a").string() + ":2");
  EXPECT_EQ(reader.next(), std::nullopt);
  EXPECT_EQ(reader.next(), std::nullopt);
  EXPECT_EQ(reader.line(), 2);
}

TEST_F(LineReaderOf, standard_input_gives_each_line_as_soon_as_it_is_there) {
  int pipe_ends[2];
  ASSERT_EQ(::pipe(pipe_ends), 0);
  const int saved = ::dup(STDIN_FILENO);
  ::dup2(pipe_ends[0], STDIN_FILENO);
  const auto say = [&](std::string_view text) { return ::write(pipe_ends[1], text.data(), text.size()); };
  LineReader reader("-");
  EXPECT_FALSE(reader.ready());
  EXPECT_EQ(say("a"), 1);
  EXPECT_FALSE(reader.ready());
  EXPECT_EQ(say("\nb\nc"), 4);
  EXPECT_TRUE(reader.ready());
  EXPECT_EQ(reader.next(), "a");
  EXPECT_EQ(reader.next(), "b");
  EXPECT_FALSE(reader.ready());
  ::close(pipe_ends[1]);
  EXPECT_TRUE(reader.ready());
  EXPECT_EQ(reader.next(), "c");
  EXPECT_EQ(reader.next(), std::nullopt);
  EXPECT_EQ(reader.where(), "standard input:3");
  ::dup2(saved, STDIN_FILENO);
  ::close(saved);
  ::close(pipe_ends[0]);
}

}  // namespace
}  // namespace heed
