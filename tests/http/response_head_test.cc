#include "heed/http/response_head.h"

#include <gtest/gtest.h>

namespace heed::http {
namespace {

TEST(ResponseHead, has_no_lines_that_a_text_brings) {
  const Response response{.status = 404, .headers = {{"X-Model", "a\r\nSet-Cookie: b\r\n\r\n<script>"}}};
  const std::string head = response_head(response, {.length = 3});
  EXPECT_TRUE(head.starts_with("HTTP/1.1 404 Not Found\r\n"));
  EXPECT_NE(head.find("X-Model: a  Set-Cookie: b    <script>\r\n"), std::string::npos);
  EXPECT_NE(head.find("Content-Length: 3\r\n"), std::string::npos);
  EXPECT_NE(head.find("Connection: close\r\n"), std::string::npos);
}

TEST(Chunk, of_nothing_is_not_the_last_one) {
  EXPECT_EQ(chunk(""), "");
  EXPECT_EQ(chunk("sixteen bytes it"), "10\r\nsixteen bytes it\r\n");
}

}  // namespace
}  // namespace heed::http
