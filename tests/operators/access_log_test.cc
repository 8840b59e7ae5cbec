#include "heed/operators/access_log.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "heed/base/files.h"
#include "tests/support/temporary_folder.h"

namespace heed {
namespace {

class AnAccessLog : public WithFolder {
 protected:
  nlohmann::json line_of(LoggedTexts texts) const {
    AccessLog log(folder_ / "log", texts);
    const http::Request request{
        .method = "POST", .path = "/translate\n\xff", .query = "api_key=secret", .body = "private"};
    log.write({.request = request, .caller = {.address = "1.2.3.4", .key = "anna"}, .status = 200});
    return nlohmann::json::parse(read_file(folder_ / "log"));
  }
};

TEST_F(AnAccessLog, holds_no_texts_and_no_keys) {
  const nlohmann::json line = line_of(LoggedTexts::no);
  EXPECT_EQ(line["path"], "/translate\n\xef\xbf\xbd");
  EXPECT_EQ(line["key"], "anna");
  EXPECT_EQ(line["bytes_in"], 7);
  const std::string text = read_file(folder_ / "log");
  EXPECT_EQ(text.find("secret"), std::string::npos);
  EXPECT_EQ(text.find("private"), std::string::npos);
}

TEST_F(AnAccessLog, holds_texts_where_that_is_asked) {
  EXPECT_EQ(line_of(LoggedTexts::yes)["body"], "private");
}

TEST_F(AnAccessLog, begins_anew_after_its_file_was_moved) {
  AccessLog log(folder_ / "log", LoggedTexts::no);
  std::filesystem::rename(folder_ / "log", folder_ / "log.1");
  log.reopen();
  const http::Request request;
  log.write({.request = request});
  EXPECT_EQ(read_file(folder_ / "log.1"), "");
  EXPECT_NE(read_file(folder_ / "log"), "");
}

}  // namespace
}  // namespace heed
