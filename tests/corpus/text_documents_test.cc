#include "heed/corpus/text_documents.h"

#include "heed/base/error.h"
#include "tests/corpus/temporary_files.h"

namespace heed {
namespace {

using Texts = std::vector<std::string>;

class Documents : public WithFiles {
 protected:
  Texts read(const std::vector<std::filesystem::path>& files, const DocumentOptions& options,
             std::size_t part_bytes = 1 << 20) {
    report_ = {};
    DocumentReader reader(files, options, report_, part_bytes);
    Texts texts;
    for (std::string text; reader.next_document(text);) texts.push_back(text);
    EXPECT_EQ(report_.documents, std::ssize(texts));
    return texts;
  }
  Texts read(std::string_view content, DocumentSplit split, std::size_t part_bytes = 1 << 20) {
    return read({file("text", content)}, {.split = split}, part_bytes);
  }

  DocumentReport report_;
};

constexpr std::string_view poem = "\n \nFirst\r\n  line\n\n\n \t\nsecond\n\nthird \r\n\r\n\n";

TEST_F(Documents, by_file_are_the_files_to_their_last_byte) {
  const std::vector<std::filesystem::path> files{file("a", poem),          file("b", ""),
                                                 file("c", "\n"),          file("d.gz", gzip("zipped\n")),
                                                 file("e.zst", zstd("z")), file("f", utf16("sixteen\n"))};
  EXPECT_EQ(read(files, {}), (Texts{std::string(poem), "\n", "zipped\n", "z", "sixteen\n"}));
  EXPECT_EQ(report_.empty, 1);
  EXPECT_EQ(report_.bytes, std::ssize(poem) + 1 + 7 + 1 + 8);
}

TEST_F(Documents, by_blank_line_keep_all_between_blank_lines) {
  EXPECT_EQ(read(poem, DocumentSplit::by_blank_line), (Texts{"First\r\n  line", "second", "third "}));
  EXPECT_EQ(read({file("a", "one\ntwo"), file("b", "three")}, {.split = DocumentSplit::by_blank_line}),
            (Texts{"one\ntwo", "three"}));
}

TEST_F(Documents, by_line_are_the_lines_that_hold_something) {
  EXPECT_EQ(read("emma\n\nolivia \r\n \nava", DocumentSplit::by_line), (Texts{"emma", "olivia ", "ava"}));
  EXPECT_EQ(report_.empty, 2);
}

TEST_F(Documents, of_nothing_are_none) {
  for (const auto split : {DocumentSplit::by_file, DocumentSplit::by_blank_line, DocumentSplit::by_line})
    EXPECT_TRUE(read("", split).empty());
  EXPECT_TRUE(read("\n \n\r\n", DocumentSplit::by_blank_line).empty());
}

TEST_F(Documents, are_the_same_however_small_the_parts) {
  std::string text;
  for (int i = 0; i < 400; ++i)
    text += i % 13 == 0 ? "\n\n"
            : i % 17 == 0
                ? "\r\n \n"
                : std::string(static_cast<std::size_t>(i) % 40, 'x') + (i % 3 == 0 ? "\n" : " \u00E9 ");
  text += std::string(3000, 'y');
  for (const auto split : {DocumentSplit::by_file, DocumentSplit::by_blank_line, DocumentSplit::by_line}) {
    const Texts whole = read(text, split);
    for (const std::size_t part_bytes : {1, 10, 64, 100, 1000})
      EXPECT_EQ(read(text, split, part_bytes), whole) << part_bytes;
  }
}

TEST_F(Documents, that_are_large_come_in_small_parts) {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += "a line of a long document\n";
  DocumentReport report;
  DocumentReader reader({file("text", text)}, {}, report, 10'000);
  std::string together;
  Index parts = 0;
  for (DocumentPart part; reader.next(part); ++parts) {
    EXPECT_LT(part.text.size(), 10'100u);
    together += part.text;
    EXPECT_EQ(part.ends_document, together.size() == text.size());
  }
  EXPECT_EQ(together, text);
  EXPECT_GT(parts, 50);
}

TEST_F(Documents, that_are_not_utf8_are_refused_with_file_and_byte) {
  const auto path = file("text", "good\nbad \xFF here\n");
  try {
    read({path}, {});
    ADD_FAILURE() << "taken";
  } catch (const DataError& error) {
    const std::string text = error.what();
    EXPECT_TRUE(text.starts_with(path.string() + ":2: not UTF-8 at byte 10 ")) << text;
    EXPECT_NE(text.find("--skip-invalid"), std::string::npos) << text;
  }
}

TEST_F(Documents, that_are_not_utf8_lose_those_lines_if_asked_for) {
  const auto path = file("text", "good\nbad \xFF here\nfine\n\n\xC3\n\nend\xE6\xBC");
  EXPECT_EQ(read({path}, {.skip_invalid = true}), (Texts{"good\nfine\n\n\n"}));
  EXPECT_EQ(report_.invalid, 3);
  EXPECT_EQ(report_.first_invalid, path.string() + ":2:10");
  EXPECT_EQ(read({path}, {.split = DocumentSplit::by_line, .skip_invalid = true}), (Texts{"good", "fine"}));
  EXPECT_EQ(read({path}, {.split = DocumentSplit::by_blank_line, .skip_invalid = true}),
            (Texts{"good\nfine"}));
  ASSERT_EQ(report_.lines().size(), 2u);
  EXPECT_EQ(report_.lines()[0], "1 document of 9 bytes");
  EXPECT_NE(report_.lines()[1].find("3 lines left out"), std::string::npos);
}

TEST_F(Documents, in_damaged_files_are_refused) {
  const std::string whole = gzip(std::string(100'000, 'x') + "\n");
  EXPECT_THROW(read({file("cut.gz", whole.substr(0, whole.size() / 2))}, {}), DataError);
  EXPECT_THROW(read({folder_ / "absent"}, {}), FileError);
}

TEST_F(Documents, of_text_documents_can_be_read_again) {
  const TextDocuments documents({file("text", poem)}, {.split = DocumentSplit::by_blank_line});
  for (int time = 0; time < 2; ++time) {
    DocumentReport report;
    DocumentReader reader = documents.open(report);
    std::string text;
    EXPECT_TRUE(reader.next_document(text));
    EXPECT_EQ(text, "First\r\n  line");
    EXPECT_EQ(reader.where(), (folder_ / "text").string() + ":5");
  }
}

TEST_F(Documents, have_a_fingerprint_of_all_they_depend_on) {
  const auto a = file("a", "text"), b = file("b", "more");
  const std::string before = TextDocuments({a, b}).fingerprint();
  EXPECT_EQ(TextDocuments({a, b}).fingerprint(), before);
  EXPECT_NE(TextDocuments({b, a}).fingerprint(), before);
  EXPECT_NE(TextDocuments({a}).fingerprint(), before);
  EXPECT_NE(TextDocuments({a, b}, {.split = DocumentSplit::by_line}).fingerprint(), before);
  file("b", "other");
  EXPECT_NE(TextDocuments({a, b}).fingerprint(), before);
}

TEST_F(Documents, need_files_that_can_be_read_again) {
  EXPECT_THROW(TextDocuments({}), ConfigError);
  EXPECT_THROW(TextDocuments(std::vector<std::filesystem::path>{""}), ConfigError);
  EXPECT_THROW(TextDocuments({folder_ / "absent"}), FileError);
  EXPECT_THROW(TextDocuments({folder_}), FileError);
  EXPECT_THROW(TextDocuments({"-"}), FileError);
  EXPECT_THROW(TextDocuments({"/dev/null"}), FileError);
}

}  // namespace
}  // namespace heed
