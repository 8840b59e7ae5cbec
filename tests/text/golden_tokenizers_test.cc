#include <gtest/gtest.h>
#include <zlib.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "heed/base/files.h"
#include "heed/text/sentencepiece_tokenizer.h"
#include "heed/text/whitespace_tokenizer.h"

namespace heed {
namespace {

const std::filesystem::path golden = HEED_SOURCE_DIR "/tests/golden";

std::string unpacked(const std::filesystem::path& path) {
  const std::unique_ptr<gzFile_s, int (*)(gzFile)> file(gzopen(path.c_str(), "rb"), gzclose);
  std::string content, part(1 << 16, '\0');
  for (int n; (n = gzread(file.get(), part.data(), static_cast<unsigned>(part.size()))) > 0;)
    content.append(part, 0, static_cast<std::size_t>(n));
  return content;
}

/// Models that SentencePiece's own trainer made, and what SentencePiece makes of texts with them.
class GoldenTokenizer : public testing::TestWithParam<std::string> {
 protected:
  const SentencePieceTokenizer tokenizer_{unpacked(golden / "tokenizers" / (GetParam() + ".model.gz")),
                                          GetParam()};
  const nlohmann::json cases_ =
      nlohmann::json::parse(read_file(golden / "tokenizers/sentencepiece.json")).at(GetParam());
};

INSTANTIATE_TEST_SUITE_P(Models, GoldenTokenizer,
                         testing::Values("unigram_t5_ids", "bpe_own_ids", "bpe_of_bytes"),
                         [](const auto& suite) { return suite.param; });

TEST_P(GoldenTokenizer, cuts_texts_as_sentencepiece_does) {
  EXPECT_GE(cases_.size(), 40u);
  for (const auto& each : cases_) {
    const auto text = each.at("text").get<std::string>();
    std::vector<Index> ids;
    for (const Index id : tokenizer_.encode(text)) ids.push_back(tokenizer_.id_in_model(id).value());
    EXPECT_EQ(ids, each.at("ids").get<std::vector<Index>>()) << text;
  }
}

TEST_P(GoldenTokenizer, joins_pieces_as_sentencepiece_does) {
  for (const auto& each : cases_) {
    if (each.at("unknown")) continue;  // SentencePiece writes two question marks
    const auto text = each.at("text").get<std::string>();
    EXPECT_EQ(tokenizer_.decode(tokenizer_.encode(text)), each.at("decoded").get<std::string>()) << text;
  }
}

TEST(GoldenSubwordNmt, is_undone_on_output) {
  const std::string cut = read_file(golden / "tokenizers/subword_nmt.txt");
  const std::vector<std::string_view> all{cut};
  const WhitespaceTokenizer tokenizer(count_words(all), BpeJoining::undo, "subword-nmt");
  std::istringstream lines(cut), wanted(read_file(golden / "ngram/test.txt"));
  int compared = 0;
  for (std::string line, whole; std::getline(lines, line) && std::getline(wanted, whole); ++compared)
    EXPECT_EQ(tokenizer.decode(tokenizer.encode(line)), whole);
  EXPECT_GT(compared, 20);
  EXPECT_NE(cut.find("@@ "), std::string::npos);
}

}  // namespace
}  // namespace heed
