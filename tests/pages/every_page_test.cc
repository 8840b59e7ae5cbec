#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <regex>

#include "heed/pages/attention_page.h"
#include "heed/pages/comparison_page.h"
#include "heed/pages/data_report_page.h"
#include "heed/pages/image_attention_page.h"
#include "heed/pages/lesson_page.h"
#include "heed/pages/run_page.h"
#include "tests/pages/page_parts.h"

namespace heed {
namespace {

/// A page with `text` somewhere in its data.
struct Page {
  std::string name;
  std::string (*of)(const std::string& text);
};

void PrintTo(const Page& page, std::ostream* stream) { *stream << page.name; }

const std::vector<Page> pages{{"attention",
                               [](const std::string& text) {
                                 AttentionReport report;
                                 report.source_text = text;
                                 return attention_page(report);
                               }},
                              {"comparison",
                               [](const std::string& text) {
                                 return comparison_page({.models = {}, .test_sentences = 1, .command = text});
                               }},
                              {"data_report",
                               [](const std::string& text) {
                                 DataReport report;
                                 report.title = text;
                                 return data_report_page(report);
                               }},
                              {"image_attention",
                               [](const std::string& text) {
                                 ImageAttentionReport report;
                                 report.name = text;
                                 return image_attention_page(report);
                               }},
                              {"lesson",
                               [](const std::string& text) {
                                 return lesson_page({{"text", text}});
                               }},
                              {"run", [](const std::string& text) { return run_page({}, {.title = text}); }}};

class EveryPage : public testing::TestWithParam<Page> {};

TEST_P(EveryPage, refers_to_nothing_outside_itself) {
  const std::string page = GetParam().of("text");
  EXPECT_NE(page.find("default-src 'none'"), std::string::npos);
  // Names of XML namespaces are no addresses that a browser asks.
  const std::regex elsewhere(
      R"(https?:(?!//www\.w3\.org/)|src=|href="(?!#)|url\(|@import|<link|fetch\(|import |XMLHttpRequest)");
  std::smatch found;
  EXPECT_FALSE(std::regex_search(page, found, elsewhere)) << found.str();
}

TEST_P(EveryPage, is_whole_with_every_part_put_in) {
  const std::string page = GetParam().of("text");
  EXPECT_TRUE(page.starts_with("<!DOCTYPE html>"));
  EXPECT_TRUE(page.ends_with("</html>\n"));
  EXPECT_EQ(page.find("{{"), std::string::npos);
}

TEST_P(EveryPage, takes_no_text_for_markup) {
  const std::string hostile =
      "</script><script>alert(1)</script><!-- {{report}} <img src=x onerror=alert(1)> \xff";
  const std::string page = GetParam().of(hostile);
  const std::string data = data_block(page);
  EXPECT_EQ(data.find_first_of("<>&"), std::string::npos);
  EXPECT_EQ(page.size() - data.size(), GetParam().of("").size() - data_block(GetParam().of("")).size());
  const std::string readable = hostile.substr(0, hostile.size() - 1) + "\xEF\xBF\xBD";
  EXPECT_NE(nlohmann::json::parse(data).dump().find(nlohmann::json(readable).dump()), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(Pages, EveryPage, testing::ValuesIn(pages),
                         [](const auto& page) { return page.param.name; });

}  // namespace
}  // namespace heed
