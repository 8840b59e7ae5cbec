#include "heed/data/tokenize_documents.h"

#include "heed/base/error.h"
#include "heed/base/parallel.h"
#include "heed/text/byte_tokenizer.h"
#include "heed/text/tokenizers.h"
#include "tests/corpus/temporary_files.h"

namespace heed {
namespace {

class TokenizingDocuments : public WithFiles {
 protected:
  std::vector<Index> tokens(std::string_view text, const Tokenizer& tokenizer, DocumentEnd end,
                            DocumentSplit split = DocumentSplit::by_line, std::size_t part_bytes = 1 << 20) {
    DocumentReport report;
    DocumentReader reader({file("text", text)}, {.split = split}, report, part_bytes);
    std::vector<Index> found;
    counts_ = tokenize_documents(reader, tokenizer, end, [&](std::span<const Index> ids) {
      found.insert(found.end(), ids.begin(), ids.end());
    });
    EXPECT_EQ(counts_.tokens, std::ssize(found));
    return found;
  }

  TokenCounts counts_;
};

TEST_F(TokenizingDocuments, ends_each_with_eos_or_with_nothing) {
  const Index a = special::count + 'a', b = special::count + 'b';
  EXPECT_EQ(tokens("ab\nb\n", ByteTokenizer(), DocumentEnd::eos),
            (std::vector<Index>{a, b, special::eos, b, special::eos}));
  EXPECT_EQ(tokens("ab\nb\n", ByteTokenizer(), DocumentEnd::nothing), (std::vector<Index>{a, b, b}));
  EXPECT_TRUE(tokens("", ByteTokenizer(), DocumentEnd::eos).empty());
}

TEST_F(TokenizingDocuments, counts_what_is_unknown) {
  const std::vector<std::string_view> known{"abc"};
  const Tokenizers tokenizers = train_tokenizers({.kind = TokenizerKind::characters}, known);
  tokens("abcd\nxa\n", *tokenizers.source, DocumentEnd::eos);
  EXPECT_EQ(counts_, (TokenCounts{.tokens = 8, .unknown = 2}));
}

TEST_F(TokenizingDocuments, gives_the_same_with_any_number_of_threads_and_size_of_parts) {
  std::string text;
  for (int i = 0; i < 30'000; ++i)
    text += "word" + std::to_string(i % 97) + (i % 10 == 0 ? "\n" : "  ") + (i % 300 == 0 ? "\n" : "");
  const std::vector<std::string_view> sample{std::string_view(text).substr(0, 5000)};
  TokenizerConfig config = for_language_models({.vocabulary_size = 300});
  const auto tokenizer = train_tokenizers(config, sample).source;
  const int usual = thread_count();
  set_thread_count(1);
  const auto alone = tokens(text, *tokenizer, DocumentEnd::eos, DocumentSplit::by_blank_line);
  set_thread_count(3);
  EXPECT_EQ(tokens(text, *tokenizer, DocumentEnd::eos, DocumentSplit::by_blank_line), alone);
  EXPECT_EQ(tokens(text, *tokenizer, DocumentEnd::eos, DocumentSplit::by_blank_line, 1000), alone);
  const auto whole = tokens(text, *tokenizer, DocumentEnd::nothing, DocumentSplit::by_file, 1000);
  set_thread_count(usual);
  EXPECT_EQ(tokenizer->decode(whole), text);
}

TEST_F(TokenizingDocuments, passes_on_what_fails) {
  EXPECT_THROW(tokens("fine\n\xFF\n", ByteTokenizer(), DocumentEnd::eos), DataError);
}

}  // namespace
}  // namespace heed
