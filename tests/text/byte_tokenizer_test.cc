#include "heed/text/byte_tokenizer.h"

#include <gtest/gtest.h>

#include "heed/base/error.h"

namespace heed {
namespace {

TEST(ByteTokenizer, gives_all_bytes_back) {
  std::string text;
  for (int byte = 0; byte < 256; ++byte) text += static_cast<char>(byte);
  const ByteTokenizer tokenizer;
  const std::vector<Index> ids = tokenizer.encode(text);
  EXPECT_EQ(ids.front(), special::count);
  EXPECT_EQ(ids.back(), tokenizer.vocabulary_size() - 1);
  EXPECT_EQ(tokenizer.decode(ids), text);
  EXPECT_TRUE(tokenizer.unknown_parts(text).empty());
}

TEST(ByteTokenizer, shows_and_finds_every_piece) {
  const ByteTokenizer tokenizer;
  for (Index id = 0; id < tokenizer.vocabulary_size(); ++id)
    EXPECT_EQ(tokenizer.find(tokenizer.piece(id)), id) << tokenizer.piece(id);
  EXPECT_EQ(tokenizer.piece(special::count + 'A'), "A");
  EXPECT_EQ(tokenizer.piece(special::count + '\n'), "<0x0A>");
  EXPECT_FALSE(tokenizer.find("AB"));
}

TEST(ByteTokenizer, leaves_special_ids_out_of_text_and_refuses_those_beyond_its_vocabulary) {
  const ByteTokenizer tokenizer;
  EXPECT_EQ(tokenizer.decode(std::vector<Index>{1, special::count + 'a', 3, 2, 0}), "a");
  for (const Index id : {Index{-1}, tokenizer.vocabulary_size()}) {
    EXPECT_THROW(tokenizer.decode({{id}}), DataError);
    EXPECT_THROW(tokenizer.piece(id), DataError);
  }
}

}  // namespace
}  // namespace heed
