#include "heed/corpus/dialogues/dialogue_reader.h"

#include "heed/base/files.h"
#include "tests/support/temporary_folder.h"

namespace heed {
namespace {

class DialogueReader : public WithFolder {
 protected:
  std::vector<Dialogue> read(const std::string& content, BadDialogues bad = BadDialogues::refuse) {
    const std::vector<std::filesystem::path> files{folder_ / "dialogues"};
    write_file(files.front(), content);
    report_ = {};
    return read_dialogues(files, bad, report_);
  }
  std::string refused(const std::string& content) {
    try {
      read(content);
    } catch (const DataError& error) {
      return error.what();
    }
    return "nothing";
  }

  DialogueReport report_;
};

const std::string sound =
    R"({"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]})";

TEST_F(DialogueReader, reads_babi_with_results_of_queries_as_a_tool) {
  const auto dialogues =
      read("1 hi\thello\n2 rome\tapi_call rome\n3 a R_price cheap\n4 a R_stars 3\n5 ok\tit is a\n\n1 x\ty\n");
  ASSERT_EQ(dialogues.size(), 2u);
  const Dialogue expected{{Role::user, "hi"},
                          {Role::assistant, "hello"},
                          {Role::user, "rome"},
                          {Role::assistant, "api_call rome"},
                          {Role::tool, "a R_price cheap\na R_stars 3"},
                          {Role::user, "ok"},
                          {Role::assistant, "it is a"}};
  EXPECT_EQ(dialogues[0], expected);
  EXPECT_EQ(report_.turns, 9);
  EXPECT_EQ(report_.responses, 4);
}

TEST_F(DialogueReader, begins_a_babi_dialogue_at_the_number_1_without_a_blank_line) {
  EXPECT_EQ(read("1 a\tb\n2 c\td\n1 e\tf\n10 g\th\n").size(), 2u);
}

TEST_F(DialogueReader, reads_json_lines_between_blank_ones) {
  EXPECT_EQ(read("\n" + sound + "\r\n\n" + sound).size(), 2u);
}

TEST_F(DialogueReader, takes_two_assistants_in_a_row_and_lines_of_a_megabyte) {
  const std::string long_text(1'000'000, 'x');
  const auto dialogues =
      read(R"({"messages": [{"role": "assistant", "content": "a"}, {"role": "assistant", "content": ")" +
           long_text + R"("}]})");
  ASSERT_EQ(dialogues.size(), 1u);
  EXPECT_EQ(dialogues[0][1].text, long_text);
}

TEST_F(DialogueReader, says_file_line_and_why) {
  EXPECT_NE(refused("hello\n").find("dialogues:1: is neither JSON lines"), std::string::npos);
  EXPECT_NE(refused("[\n" + sound + "]").find("dialogues:1: is neither"), std::string::npos);
  EXPECT_NE(refused(sound + "\n{\"messages\n").find("dialogues:2: expected a JSON object"),
            std::string::npos);
  EXPECT_NE(refused(R"({"messages": [{"role": "user", "content": "a"}]})").find("no turn of the assistant"),
            std::string::npos);
  EXPECT_NE(
      refused(R"({"messages": [{"role": "user", "content": " "}, {"role": "assistant", "content": "b"}]})")
          .find("turn 1 (user) has no text"),
      std::string::npos);
  EXPECT_NE(refused("1 a\tb\nc\td\n").find("dialogues:2: a line of a bAbI dialogue begins with its number"),
            std::string::npos);
  EXPECT_NE(refused("1 a\tb\n\n1 a\t\n").find("dialogues:3: turn 2 (assistant) has no text"),
            std::string::npos);
  EXPECT_NE(refused("1 a\t\xff\n").find("dialogues:1"), std::string::npos);
}

TEST_F(DialogueReader, leaves_out_what_it_is_told_to_and_counts_it) {
  EXPECT_EQ(read(sound + "\n{}\n" + sound + "\nnonsense\n", BadDialogues::skip).size(), 2u);
  EXPECT_EQ(report_.invalid, 2);
  EXPECT_NE(report_.first_invalid.find("dialogues:2"), std::string::npos);
  EXPECT_EQ(read("1 a\tb\nc\td\n3 e\tf\n1 g\th\n", BadDialogues::skip).size(), 1u) << "all of the first one";
  EXPECT_EQ(report_.invalid, 1);
}

TEST_F(DialogueReader, gives_nothing_of_an_empty_file) { EXPECT_TRUE(read("").empty()); }

}  // namespace
}  // namespace heed
