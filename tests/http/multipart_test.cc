#include "heed/http/multipart.h"

#include <gtest/gtest.h>

#include "heed/http/response.h"

namespace heed::http {
namespace {

const std::string field = "Content-Disposition: form-data; name=\"q\"\r\n\r\n";

TEST(Multipart, gives_fields_and_files) {
  const auto parts = parse_multipart(
      "preamble\r\n--B\r\nContent-Disposition: form-data; name=\"a \\\"b\\\"\"\r\n\r\none\r\ntwo\r\n--B  \r\n"
      "content-disposition: form-data; filename=\"x.txt\"; name=file\r\nContent-Type: "
      "text/plain\r\n\r\n\r\n--B--\r\nend",
      "B");
  ASSERT_EQ(parts.size(), 2u);
  EXPECT_EQ(parts[0].name, "a \"b\"");
  EXPECT_EQ(parts[0].content, "one\r\ntwo");
  EXPECT_FALSE(parts[0].file);
  EXPECT_EQ(parts[1].name, "file");
  EXPECT_EQ(parts[1].filename, "x.txt");
  EXPECT_EQ(parts[1].content_type, "text/plain");
  EXPECT_EQ(parts[1].content, "");
}

TEST(Multipart, keeps_bytes_that_only_look_like_a_boundary) {
  const auto parts = parse_multipart("--B\r\n" + field + "x--B\r\n-B \n--B\r\r\n--B--", "B");
  ASSERT_EQ(parts.size(), 1u);
  EXPECT_EQ(parts[0].content, "x--B\r\n-B \n--B\r");
}

TEST(Multipart, refuses_what_is_cut_off_or_has_no_names) {
  for (const std::string& body : std::vector<std::string>{
           "", "--B", "--B\r\n", "--B\r\n" + field + "text", "--B\r\n" + field + "text\r\n--B",
           "--Bx\r\n" + field + "\r\n--B--", "--B\r\n\r\ntext\r\n--B--",
           "--B\r\nContent-Disposition: form-data\r\n\r\ntext\r\n--B--",
           "--B\r\nContent-Disposition: form-data; name=\"q\r\n\r\ntext\r\n--B--",
           "--B\r\nno colon\r\n\r\ntext\r\n--B--",
           "--B\r\n" + std::string("X: ") + std::string(5000, 'x') + "\r\n" + field + "\r\n--B--"})
    EXPECT_THROW(parse_multipart(body, "B"), RequestError) << body;
}

TEST(Multipart, finds_its_boundary) {
  EXPECT_EQ(multipart_boundary("multipart/form-data; boundary=abc"), "abc");
  EXPECT_EQ(multipart_boundary("multipart/form-data; charset=utf-8; Boundary=\"a b\""), "a b");
  for (const char* type : {"multipart/form-data", "multipart/form-data; boundary=",
                           "multipart/form-data; boundary=\"a", "multipart/form-data; boundary=\xff"})
    EXPECT_THROW(multipart_boundary(type), RequestError) << type;
  EXPECT_THROW(multipart_boundary("multipart/form-data; boundary=" + std::string(71, 'a')), RequestError);
}

}  // namespace
}  // namespace heed::http
