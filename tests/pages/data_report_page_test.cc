#include "heed/pages/data_report_page.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "heed/corpus/report/data_reporter.h"
#include "tests/corpus/filters/judged.h"
#include "tests/pages/page_parts.h"

namespace heed {
namespace {

using nlohmann::json;

DataReport report_of(const std::vector<TextPair>& pairs) {
  const NamedCorpus corpus{"corpus", [&] { return std::make_unique<PairsInMemory>(pairs); }};
  return report_on(corpus, {}, {.examples = 100}, [](Index) {});
}

TEST(DataReportPage, holds_hostile_text_as_data_only) {
  std::vector<TextPair> pairs{{"</script><script>alert(1)</script> 20", "<img src=x onerror=alert(1)> 30"},
                              {"<!--<script> {{report}} {{style.css}} 40", "\u202Egnp.exe 50"},
                              {std::string("nul \0 inside 60", 15), std::string(2'000'000, '<')},
                              {"not \xFF utf-8", "\xED\xA0\x80"},
                              {"\x1B[31mred\x07", "]]>&lt;\"'\\`\u2028"}};
  const DataReport report = report_of(pairs);
  const std::string page = data_report_page(report);
  const std::string data = data_block(page);
  EXPECT_EQ(data.find_first_of("<>&"), std::string::npos);
  EXPECT_EQ(data.find('\0'), std::string::npos);
  EXPECT_EQ(data.find('\x1B'), std::string::npos);
  const json parsed = json::parse(data);
  EXPECT_EQ(parsed, json::parse(data_report_json(report)));
  const auto scripts = [](const std::string& text) {
    std::size_t count = 0;
    for (std::size_t at = text.find("<script"); at != text.npos; at = text.find("<script", at + 1)) ++count;
    return count;
  };
  EXPECT_EQ(scripts(page), scripts(data_report_page(report_of({}))));
  EXPECT_LT(page.size(), 200'000u);
}

}  // namespace
}  // namespace heed
