#include "heed/pages/lesson_page.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "heed/backend/cpu/cpu_backend.h"
#include "heed/lesson/lesson.h"
#include "tests/pages/page_parts.h"

namespace heed {
namespace {

using nlohmann::json;

TEST(LessonPage, of_a_hostile_sentence_stays_text) {
  CpuBackend backend;
  const std::string hostile = "</script><script>alert(1)</script> <!-- {{report}}";
  const std::string page = lesson_page(make_lesson(backend, {.sentence = hostile, .minutes = 0.005}));
  const std::string data = data_block(page);
  EXPECT_EQ(data.find_first_of("<>&"), std::string::npos);
  EXPECT_EQ(json::parse(data)["trained"]["sentence"], hostile);
}

/// What stands between two texts, each time they do.
std::vector<std::string> all_between(const std::string& page, const std::string& before,
                                     const std::string& after) {
  std::vector<std::string> found;
  for (std::size_t at = 0; (at = page.find(before, at)) != page.npos;) {
    at += before.size();
    found.push_back(page.substr(at, page.find(after, at) - at));
  }
  return found;
}

TEST(LessonPage, lists_its_steps_in_their_order) {
  const std::string page = lesson_page(json::object());
  std::vector<std::string> sections = all_between(page, "<section id=\"", "\"");
  EXPECT_EQ(sections.back(), "further");
  sections.pop_back();
  EXPECT_EQ(sections.size(), 23u);
  EXPECT_EQ(all_between(page, "<li><a href=\"#", "\""), sections);
}

TEST(LessonPage, has_a_place_for_every_figure_that_it_draws) {
  const std::string page = lesson_page(json::object());
  std::vector<std::string> places = all_between(page, "<div class=\"card\" id=\"", "\""),
                           drawn = all_between(page, "place(\"", "\"");
  std::erase_if(drawn, [](const std::string& id) { return !id.ends_with("-figure"); });
  for (auto* ids : {&places, &drawn}) {
    std::sort(ids->begin(), ids->end());
    ids->erase(std::unique(ids->begin(), ids->end()), ids->end());
  }
  EXPECT_EQ(places, drawn);
}

TEST(LessonPage, tells_what_changes_in_one_place) {
  const std::string page = lesson_page(json::object());
  EXPECT_EQ(page.find("aria-live"), std::string::npos);
  EXPECT_EQ(all_between(page, "role=\"status\"", ">").size(), 1u);
}

}  // namespace
}  // namespace heed
