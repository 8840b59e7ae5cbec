#include "heed/api/chat_template.h"

#include <gtest/gtest.h>

#include "heed/http/response.h"

namespace heed::api {
namespace {

using nlohmann::json;

TEST(ChatTemplate, writes_a_conversation_as_a_play) {
  EXPECT_EQ(chat_prompt(conversation_of(
                {{{"role", "system"}, {"content", "Be brief."}},
                 {{"role", "user"},
                  {"content", {{{"type", "text"}, {"text", "Hello"}}, {{"type", "text"}, {"text", "!"}}}}},
                 {{"role", "assistant"}, {"content", "Hi."}},
                 {{"role", "user"}, {"content", "Who?"}}})),
            "Be brief.\n\nUser: Hello!\nAssistant: Hi.\nUser: Who?\nAssistant:");
}

TEST(ChatTemplate, refuses_messages_that_are_none) {
  for (const char* text : {R"([])", R"("hello")", R"([1])", R"([{"role": "user"}])", R"([{"content": "a"}])",
                           R"([{"role": "king", "content": "a"}])", R"([{"role": "user", "content": 7}])",
                           R"([{"role": "user", "content": [{"type": "image_url"}]}])"})
    EXPECT_THROW(conversation_of(json::parse(text)), http::RequestError) << text;
}

}  // namespace
}  // namespace heed::api
