#include "heed/corpus/dialogues/dialogue_json.h"

#include <gtest/gtest.h>

#include "heed/base/error.h"

namespace heed {
namespace {

TEST(DialogueJson, reads_roles_texts_and_parts) {
  const Dialogue dialogue = dialogue_of_json(
      R"({"id": 7, "messages": [{"role": "developer", "content": "Be brief."},
          {"role": "user", "content": [{"type": "text", "text": "Hi"}, {"type": "text", "text": "!"}]},
          {"role": "assistant", "content": "\ud83d\ude00", "weight": 0, "tool_calls": null},
          {"role": "tool", "content": "3 rows"}, {"role": "assistant", "content": "Three."}]})");
  const Dialogue expected{{Role::system, "Be brief."},
                          {Role::user, "Hi!"},
                          {Role::assistant, "\U0001F600", false},
                          {Role::tool, "3 rows"},
                          {Role::assistant, "Three."}};
  EXPECT_EQ(dialogue, expected);
}

TEST(DialogueJson, gives_back_what_it_reads) {
  const Dialogue dialogue{{Role::system, "a\n\"b\""},
                          {Role::user, "\u00e4\U0001F468\u200D\U0001F469"},
                          {Role::tool, "<s>"},
                          {Role::assistant, "c", false},
                          {Role::assistant, "d"}};
  EXPECT_EQ(dialogue_of_json(json_of_dialogue(dialogue)), dialogue);
}

TEST(DialogueJson, refuses_what_is_no_dialogue_and_says_where) {
  const auto refuses = [](const std::string& json, const std::string& why) {
    try {
      dialogue_of_json(json);
      ADD_FAILURE() << json;
    } catch (const DataError& error) {
      EXPECT_NE(std::string(error.what()).find(why), std::string::npos) << json << "\n" << error.what();
    }
  };
  refuses("", "expected a JSON object");
  refuses(R"({"messages": [)", "expected a JSON object");
  refuses("[1]", "there are no 'messages'");
  refuses(R"({"message": []})", "there are no 'messages'");
  refuses(R"({"messages": []})", "not an array of messages");
  refuses(R"({"messages": "hi"})", "not an array of messages");
  refuses(R"({"messages": ["hi"]})", "message 1 has no 'role'");
  refuses(R"({"messages": [{"role": "user", "content": "a"}, {"content": "b"}]})", "message 2 has no 'role'");
  refuses(R"({"messages": [{"role": "king", "content": "a"}]})", "the role king is not known");
  refuses(R"({"messages": [{"role": "user"}]})", "message 1 has no 'content'");
  refuses(R"({"messages": [{"role": "user", "content": null}]})", "neither a string nor an array");
  refuses(R"({"messages": [{"role": "user", "content": [{"type": "image_url"}]}]})", "is no text");
  refuses(R"({"messages": [{"role": "user", "content": "\ud83d"}]})", "expected a JSON object");
  refuses(R"({"messages": [{"role": "assistant", "content": "a", "weight": 0.5}]})", "its 'weight' is 0.5");
  refuses(R"({"messages": [{"role": "assistant", "content": "a", "tool_calls": [{}]}]})", "'tool_calls'");
}

}  // namespace
}  // namespace heed
