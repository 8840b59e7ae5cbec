#include "cli/manual/man_page.h"

#include <gtest/gtest.h>

namespace heed {
namespace {

const CommandDescription command{
    .path = {"heed", "data", "split"},
    .description = "cut a corpus in three",
    .options = {{.flags = {"-o", "--output"},
                 .written = "-o,--output",
                 .symbol = "FILE",
                 .description = "a \\ and -1",
                 .heading = "Options",
                 .required = true},
                {.flags = {"--x", "--no-x"}, .written = "--[no-]x", .description = ".5", .heading = "More"}},
    .arguments = {{.symbol = "DATA", .description = "what", .many = true, .required = true}}};

TEST(ManPage, is_called_as_the_command) { EXPECT_EQ(man_file(command), "heed-data-split.1"); }

TEST(ManPage, has_the_sections_that_pages_have) {
  const std::string page = man_page(command, "1.2");
  EXPECT_TRUE(
      page.starts_with(".TH HEED\\-DATA\\-SPLIT 1 \"\" \"heed 1.2\" \"heed manual\"\n.SH NAME\n"
                       "heed\\-data\\-split \\- cut a corpus in three\n.SH SYNOPSIS\n"))
      << page;
  EXPECT_NE(
      page.find(
          "\\fBheed data split\\fR \\fB\\-\\-output\\fR \\fIFILE\\fR [\\fIOPTION\\fR]... \\fIDATA\\fR...\n"),
      std::string::npos)
      << page;
  EXPECT_NE(page.find(".SH SEE ALSO\n\\fBheed\\-data\\fR(1),\n\\fBheed\\fR(1)\n"), std::string::npos) << page;
}

TEST(ManPage, shows_options_as_they_are_typed_whatever_roff_makes_of_them) {
  const std::string page = man_page(command, "1.2");
  EXPECT_NE(page.find(".TP\n\\fB\\-o\\fR, \\fB\\-\\-output\\fR \\fIFILE\\fR\na \\(rs and \\-1 (required)\n"),
            std::string::npos)
      << page;
  EXPECT_NE(page.find(".SS \"More\"\n.TP\n\\fB\\-\\-[no\\-]x\\fR\n\\&.5\n"), std::string::npos) << page;
}

}  // namespace
}  // namespace heed
