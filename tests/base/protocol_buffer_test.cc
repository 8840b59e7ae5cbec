#include "heed/base/protocol_buffer.h"

#include <gtest/gtest.h>

using namespace std::string_literals;

namespace heed {
namespace {

// The examples of protobuf.dev/programming-guides/encoding.
TEST(MessageWriter, writes_the_bytes_of_the_documented_examples) {
  EXPECT_EQ(MessageWriter().integer(1, 150).bytes(), "\x08\x96\x01");
  EXPECT_EQ(MessageWriter().text(2, "testing").bytes(), "\x12\x07testing");
  EXPECT_EQ(MessageWriter().message(3, MessageWriter().integer(1, 150)).bytes(), "\x1a\x03\x08\x96\x01");
  EXPECT_EQ(MessageWriter().integer(1, -2).bytes(), "\x08\xfe\xff\xff\xff\xff\xff\xff\xff\xff\x01");
}

TEST(MessageFields, reads_what_was_written) {
  const std::string bytes =
      MessageWriter().integer(16, 300).real(2, 1.0).real(3, 1.0f).text(4, "a\0b"s).bytes();
  MessageFields fields(bytes);
  const auto number = fields.next();
  ASSERT_TRUE(number);
  EXPECT_EQ(number->id, 16u);
  EXPECT_EQ(number->number, 300u);
  EXPECT_EQ(fields.next()->bytes, "\0\0\0\0\0\0\xf0\x3f"s);
  EXPECT_EQ(fields.next()->bytes, "\0\0\x80\x3f"s);
  const auto text = fields.next();
  ASSERT_TRUE(text);
  EXPECT_EQ(text->type, WireType::bytes);
  EXPECT_EQ(text->bytes, "a\0b"s);
  EXPECT_FALSE(fields.next());
  EXPECT_TRUE(fields.finished());
}

TEST(MessageFields, stops_where_a_message_is_cut_off) {
  const std::string bytes = MessageWriter().text(2, "testing").bytes();
  for (std::size_t length = 1; length < bytes.size(); ++length) {
    MessageFields fields(std::string_view(bytes).substr(0, length));
    EXPECT_FALSE(fields.next()) << length;
    EXPECT_FALSE(fields.finished()) << length;
  }
}

}  // namespace
}  // namespace heed
