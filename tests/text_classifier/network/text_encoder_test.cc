#include "heed/text_classifier/network/text_encoder.h"

#include <gtest/gtest.h>

#include <limits>

#include "heed/text/tokenizers.h"

namespace heed {
namespace {

TextEncoder encoder(const TextPreparation& preparation,
                    const ModelSizes& sizes = {.longest_sequence = std::numeric_limits<Index>::max()}) {
  const std::vector<std::string_view> texts{"a fine film", "a dull film"};
  return {train_tokenizers({.kind = TokenizerKind::whitespace}, texts).source, preparation, sizes};
}

TEST(TextEncoder, ends_texts_with_eos_so_that_none_is_empty) {
  const TextEncoder encode = encoder({});
  EXPECT_EQ(encode(""), std::vector<Index>{special::eos});
  EXPECT_EQ(encode("a film").size(), 3u);
  EXPECT_EQ(encode("a film").back(), special::eos);
}

TEST(TextEncoder, reads_the_first_tokens_of_a_long_text) {
  const TextEncoder encode = encoder({.maximum_length = 2});
  EXPECT_EQ(encode("a fine film"), encode("a fine and endless film"));
  EXPECT_EQ(encode("a fine film").size(), 3u);
  EXPECT_EQ(encode.length("a fine film"), 3);
  EXPECT_EQ(encode.maximum_length(), 2);
}

TEST(TextEncoder, reads_no_more_than_the_model_takes) {
  EXPECT_EQ(encoder({.maximum_length = 512}, {.longest_sequence = 3}).maximum_length(), 2) << "and EOS";
}

TEST(TextEncoder, begins_texts_with_bos_where_the_model_reads_it) {
  const TextEncoder encode = encoder({}, {.longest_sequence = 4, .reads_bos = true});
  EXPECT_EQ(encode(""), (std::vector<Index>{special::bos, special::eos}));
  EXPECT_EQ(encode.maximum_length(), 2);
  EXPECT_EQ(encode("a fine film").size(), 4u);
  EXPECT_EQ(encode("a fine film").front(), special::bos);
}

TEST(TextEncoder, takes_capitals_for_small_letters_where_asked_to) {
  EXPECT_EQ(encoder({.lowercase = true})("A FINE film"), encoder({})("a fine film"));
  EXPECT_NE(encoder({})("A FINE film"), encoder({})("a fine film"));
}

TEST(TextEncoder, takes_any_bytes) {
  EXPECT_EQ(encoder({.lowercase = true})("\xff\xfe").back(), special::eos);
  EXPECT_EQ(encoder({})("</s> <pad>"), (std::vector<Index>{special::unk, special::unk, special::eos}));
}

TEST(ClassifiedExamples, have_a_column_of_tokens_and_one_of_classes) {
  const std::vector<std::string_view> texts{"a film", ""};
  const Examples examples = classified_examples(encoder({}), texts, std::vector<Index>{4, 1});
  EXPECT_EQ(examples.size(), 2);
  EXPECT_EQ(examples.rows(0, 0), 3);
  EXPECT_EQ(examples.rows(1, 0), 1);
  EXPECT_EQ(examples.sequence(0, 1), std::vector<std::int32_t>{4});
  EXPECT_EQ(examples.sequence(1, 1), std::vector<std::int32_t>{1});
}

}  // namespace
}  // namespace heed
