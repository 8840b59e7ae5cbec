#include "heed/corpus/formats/found_corpora.h"

#include "tests/corpus/formats/format_reading.h"

namespace heed {
namespace {

class FoundCorpora : public Reading {
 protected:
  std::vector<FoundCorpus> find(const std::vector<std::filesystem::path>& names) {
    report = {};
    return find_corpora(names, options, report);
  }
};

TEST_F(FoundCorpora, pair_files_of_text_by_their_languages_whichever_is_named) {
  const auto en = file("corpus.en", "a dog\n"), de = file("corpus.de_DE.gz", gzip("ein Hund\n"));
  file("other.de", "nein\n");
  for (const auto& names :
       {std::vector{en}, std::vector{de}, std::vector{en, de}, std::vector{folder_ / "corpus.*"}}) {
    const auto found = find(names);
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].path, en);
    EXPECT_EQ(found[0].target, de);
  }
  EXPECT_EQ(read(en), (Pairs{{"a dog", "ein Hund"}}));
  std::swap(options.source_language, options.target_language);
  EXPECT_EQ(read(en), (Pairs{{"ein Hund", "a dog"}}));
}

TEST_F(FoundCorpora, of_a_folder_are_all_that_it_holds_and_the_rest_is_counted) {
  std::filesystem::create_directories(folder_ / "deeper");
  file("deeper/a.en.txt", "a\n"), file("deeper/a.de.txt", "A\n");
  file("b.tsv.zst", zstd("b\tB\n"));
  file("README.md", "read me\n");
  file(".hidden.tsv", "h\tH\n");
  file("lonely.en", "l\n");
  file("picture.png", "\x89PNG\r\n");
  file("old.zip", "PK\x03\x04...");
  file("c.csv.xz", xz("c,C\n"));
  EXPECT_EQ(read(folder_), (Pairs{{"b", "B"}, {"c", "C"}, {"a", "A"}}));
  EXPECT_EQ(report.other_files, 4);
  EXPECT_EQ(report.first_other_file, (folder_ / "README.md").string());
}

TEST_F(FoundCorpora, that_are_named_and_none_are_refused) {
  EXPECT_NE(complaint(file("README.md", "read me\n")).find("README.md: is neither TMX"), std::string::npos);
  EXPECT_NE(complaint(file("lonely.en", "l\n")).find("no file of its translations"), std::string::npos);
  EXPECT_NE(complaint(folder_ / "missing.tmx").find("no such file"), std::string::npos);
  EXPECT_NE(complaint(folder_ / "*.tmx").find("no file fits this pattern"), std::string::npos);
}

TEST_F(FoundCorpora, of_tables_are_told_by_their_tabs) {
  EXPECT_EQ(read(file("pairs.txt", "a\tA\n")), (Pairs{{"a", "A"}}));
  EXPECT_EQ(read(file("utf16", utf16("a\tA\n"))), (Pairs{{"a", "A"}}));
}

}  // namespace
}  // namespace heed
