#include <gtest/gtest.h>
#include <zlib.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "heed/base/files.h"
#include "heed/text/sentencepiece_tokenizer.h"
#include "heed/text/whitespace_tokenizer.h"
#include "tests/support/shared_data.h"

namespace heed {
namespace {

using Pieces = std::vector<std::string>;

/// Models and expectations of other projects, which lie beside the repository where they do.
class ForeignModel : public testing::Test {
 protected:
  void SetUp() override {
    if (!folder_.here()) GTEST_SKIP() << folder_.missing();
  }

  nlohmann::json json(const std::string& name) const {
    std::string content;
    const gzFile file = ::gzopen((folder_ / name).c_str(), "rb");
    for (char part[4096]; const int count = ::gzread(file, part, sizeof part);)
      content.append(part, static_cast<std::size_t>(count));
    ::gzclose(file);
    return nlohmann::json::parse(content);
  }

  static Pieces pieces(const Tokenizer& tokenizer, std::string_view text) {
    Pieces result;
    for (const Index id : tokenizer.encode(text)) result.push_back(tokenizer.piece(id));
    return result;
  }

  const SharedData folder_{"tokenizers"};
};

TEST_F(ForeignModel, of_sentencepiece_has_its_special_ids_mapped) {
  const auto tokenizer = SentencePieceTokenizer::open(folder_ / "sentencepiece/test_model.model");
  EXPECT_EQ(tokenizer.vocabulary_size(), 1001);  // its 1000 and padding
  EXPECT_EQ(tokenizer.find("<pad>"), special::pad);
  EXPECT_EQ(tokenizer.find("<s>"), special::bos);
  EXPECT_EQ(tokenizer.find("</s>"), special::eos);
  EXPECT_EQ(tokenizer.find("<unk>"), special::unk);
  EXPECT_EQ(tokenizer.id_in_model(special::pad), std::nullopt);
  EXPECT_EQ(tokenizer.id_in_model(special::bos), 1);
  EXPECT_EQ(tokenizer.id_in_model(4), 3);
  EXPECT_EQ(tokenizer.decode(tokenizer.encode("I saw a girl with a telescope.")),
            "I saw a girl with a telescope.");
  EXPECT_EQ(tokenizer.encode("漢").back(), special::unk);
}

TEST_F(ForeignModel, of_torchtext_gives_its_pieces) {
  const auto tokenizer = SentencePieceTokenizer::open(folder_ / "torchtext/spm_example.model");
  EXPECT_EQ(pieces(tokenizer, "Hello World!, how are you?"),
            (Pieces{"▁Hello", "▁World", "!", ",", "▁how", "▁are", "▁you", "?"}));
}

TEST_F(ForeignModel, of_t5_gives_its_ids) {
  const auto tokenizer = SentencePieceTokenizer::open(folder_ / "torchtext/t5_tokenizer_base.model");
  const auto tests = json("swift-transformers/tokenizer_tests.json.gz").at("t5-base");
  EXPECT_EQ(tests.size(), 18u);
  for (const auto& test : tests) {
    const auto input = test.at("input").get<std::string>();
    std::vector<Index> ids;
    for (const Index id : tokenizer.encode(input)) ids.push_back(tokenizer.id_in_model(id).value());
    ids.push_back(tokenizer.id_in_model(special::eos).value());
    EXPECT_EQ(ids, test.at("encoded").at("input_ids").get<std::vector<Index>>()) << input;
  }
}

TEST_F(ForeignModel, of_t5_cuts_a_paragraph_as_there) {
  const auto tokenizer = SentencePieceTokenizer::open(folder_ / "torchtext/t5_tokenizer_base.model");
  const auto test = json("swift-transformers/t5_base_encoded.json.gz");
  EXPECT_EQ(pieces(tokenizer, test.at("text").get<std::string>()), test.at("bpe_tokens").get<Pieces>());
}

TEST_F(ForeignModel, of_subword_nmt_is_undone_on_output) {
  const std::string cut = read_file(folder_ / "subword-nmt/corpus.bpe.ref.en");
  const std::string whole = read_file(folder_ / "subword-nmt/corpus.en");
  const std::vector<std::string_view> all{cut};
  const WhitespaceTokenizer tokenizer(count_words(all), BpeJoining::undo, "subword-nmt");
  std::size_t from = 0, to = 0;
  for (int line = 0; line < 1015; ++line) {
    const std::size_t end = cut.find('\n', from), whole_end = whole.find('\n', to);
    EXPECT_EQ(tokenizer.decode(tokenizer.encode(cut.substr(from, end - from))),
              whole.substr(to, whole_end - to));
    from = end + 1, to = whole_end + 1;
  }
}

}  // namespace
}  // namespace heed
