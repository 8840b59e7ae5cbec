#include "heed/base/progress.h"

#include <gtest/gtest.h>

#include <sstream>

namespace heed {
namespace {

const std::string erase = "\r\033[K";

TEST(Progress, rewrites_its_line_on_a_terminal) {
  std::ostringstream out;
  {
    Progress progress(out, {.rewrite = true, .interval = 0, .width = 6});
    progress.show("one");
    progress.show("zwölfte Zeile");
  }
  EXPECT_EQ(out.str(), erase + "one" + erase + "zwölft" + "\n");
}

TEST(Progress, prints_plain_lines_elsewhere) {
  std::ostringstream out;
  {
    Progress progress(out, {});
    progress.show("one");
    progress.print("a note");
    progress.show("two");
    progress.clear();
  }
  EXPECT_EQ(out.str(), "one\na note\ntwo\n");
}

TEST(Progress, keeps_notes_above_the_line_that_is_rewritten) {
  std::ostringstream out;
  Progress progress(out, {.rewrite = true, .interval = 0});
  progress.show("one");
  progress.print("a note");
  progress.clear();
  progress.print("the end");
  EXPECT_EQ(out.str(), erase + "one" + erase + "a note\none" + erase + "the end\n");
}

TEST(Progress, is_due_at_once_and_then_after_the_interval) {
  std::ostringstream out;
  Progress progress(out, {.interval = 1000});
  EXPECT_TRUE(progress.due());
  progress.show("one");
  EXPECT_FALSE(progress.due());
  Progress always(out, {.interval = 0});
  always.show("one");
  EXPECT_TRUE(always.due());
}

}  // namespace
}  // namespace heed
