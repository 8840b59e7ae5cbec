#include "heed/api/json_fields.h"

#include <gtest/gtest.h>

namespace heed::api {
namespace {

using nlohmann::json;

TEST(JsonFields, give_what_is_there_or_what_holds_otherwise) {
  const json object{
      {"text", "a"}, {"texts", {"a", "b"}}, {"whole", 7}, {"flag", "true"}, {"nothing", nullptr}};
  JsonFields fields(object);
  EXPECT_EQ(fields.text("text"), "a");
  EXPECT_EQ(fields.texts("text"), std::vector<std::string>{"a"});
  EXPECT_EQ(fields.texts("texts"), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(fields.whole("whole", 0, 7, 1), 7);
  EXPECT_EQ(fields.number("whole", 0, 7, 1), 7);
  EXPECT_TRUE(fields.flag("flag", false));
  EXPECT_EQ(fields.text("nothing", "otherwise"), "otherwise");
  EXPECT_NO_THROW(fields.require_all_known());
}

TEST(JsonFields, refuse_values_of_another_kind_and_names_that_nobody_knows) {
  const json object{{"text", 7}, {"texts", {"a", 1}}, {"whole", 7.5}, {"flag", "yes"}};
  JsonFields fields(object);
  EXPECT_THROW(fields.text("text"), http::RequestError);
  EXPECT_THROW(fields.texts("texts"), http::RequestError);
  EXPECT_THROW(fields.whole("whole", 0, 10, 1), http::RequestError);
  EXPECT_THROW(fields.number("whole", 0, 7, 1), http::RequestError);
  EXPECT_THROW(fields.require_all_known(), http::RequestError);
  EXPECT_EQ(fields.others(), nlohmann::ordered_json({{"flag", "yes"}}));
}

}  // namespace
}  // namespace heed::api
