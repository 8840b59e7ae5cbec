#include <gtest/gtest.h>
#include <zlib.h>

#include <cmath>
#include <filesystem>
#include <map>
#include <memory>
#include <sstream>

#include "heed/base/files.h"
#include "tests/metrics/golden_case.h"
#include "tests/support/shared_data.h"

namespace heed {
namespace {

const SharedData folder("metrics-wmt17-ende");

/// The lines of a .gz file of the corpus.
std::vector<std::string> read_gzip_lines(const std::filesystem::path& path) {
  const std::unique_ptr<gzFile_s, int (*)(gzFile)> file(gzopen(path.c_str(), "rb"), gzclose);
  std::string text, buffer(1 << 16, '\0');
  for (int n; (n = gzread(file.get(), buffer.data(), static_cast<unsigned>(buffer.size()))) > 0;)
    text.append(buffer, 0, static_cast<std::size_t>(n));
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

const std::vector<std::string>& lines_of(const std::string& name) {
  static std::map<std::string, std::vector<std::string>> known;
  auto [entry, fresh] = known.try_emplace(name);
  if (fresh) entry->second = read_gzip_lines(folder / (name + ".gz"));
  return entry->second;
}

class Wmt17 : public testing::Test {
 protected:
  void SetUp() override {
    if (!folder.here()) GTEST_SKIP() << folder.missing();
  }
};

TEST_F(Wmt17, every_system_scores_as_with_sacrebleu) {
  const Json golden = Json::parse(read_file(HEED_SOURCE_DIR "/tests/golden/metrics/wmt17.json"));
  ASSERT_EQ(golden["cases"].size(), 8 * 7 + 3);
  for (const Json& json : golden["cases"]) {
    SCOPED_TRACE(json.dump());
    References references;
    for (const auto& name : json["references"]) references.push_back(lines_of(name));
    check_golden(json, lines_of(json["system"]), references);
  }
}

double rounded(double value, int decimals) {
  return std::round(value * std::pow(10, decimals)) / std::pow(10, decimals);
}

// expected.tsv: what other programs published: chrF and chrF++ (4 decimals), mteval-v13a and v14 (2), tercom
// (3).
TEST_F(Wmt17, scores_equal_those_of_the_original_programs) {
  const References reference{lines_of("newstest2017.ref.de")};
  ASSERT_EQ(reference[0].size(), 3004u);
  std::istringstream table(read_file(folder / "expected.tsv"));
  std::string row;
  std::getline(table, row);
  int compared = 0;
  while (std::getline(table, row)) {
    std::istringstream cells(row);
    std::string system, cell;
    std::getline(cells, system, '\t');
    const auto& hypotheses = lines_of(system);
    const auto check = [&](const auto& score, int decimals) {
      if (!std::getline(cells, cell, '\t') || cell.empty()) return;
      EXPECT_NEAR(rounded(score(), decimals), std::stod(cell), 1e-9) << system;
      ++compared;
    };
    // The tables' chrF is that of chrF++.py, which smooths.
    check([&] { return chrf(hypotheses, reference, {.epsilon_smoothing = true}).score; }, 4);
    check([&] { return chrf(hypotheses, reference, {.word_order = 2, .epsilon_smoothing = true}).score; }, 4);
    check([&] { return bleu(hypotheses, reference).score; }, 2);
    check([&] { return bleu(hypotheses, reference, {.tokenization = BleuTokenization::intl}).score; }, 2);
    check([&] { return ter(hypotheses, reference).score / 100; }, 3);
  }
  EXPECT_EQ(compared, 19);
}

}  // namespace
}  // namespace heed
