#include <gtest/gtest.h>

#include "tests/end_to_end/heed_program.h"

namespace heed {
namespace {

/// heed, installed in folder_/prefix.
class Installed : public HeedProgram {
 protected:
  Installed() {
    const Outcome installed = shell("cmake --install '" HEED_BINARY_DIR "' --prefix prefix");
    EXPECT_EQ(installed.status, 0) << installed.err;
  }
};

TEST_F(Installed, runs) {
  const Outcome outcome = shell("prefix/bin/heed --version && prefix/bin/heed data sample --count 3");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_TRUE(outcome.out.starts_with("heed ")) << outcome.out;
}

TEST_F(Installed, translates_in_a_program_that_finds_it) {
  make_model();
  const Outcome built = shell("cmake -S '" HEED_SOURCE_DIR
                              "/examples/embed' -B build -DCMAKE_PREFIX_PATH=$PWD/prefix "
                              "-DCMAKE_CXX_FLAGS='" HEED_CXX_FLAGS "' && cmake --build build");
  ASSERT_EQ(built.status, 0) << built.out << built.err;
  const Outcome embedded = shell("printf 'one hour\\ntwo days\\n' | build/translate model"),
                program = shell("printf 'one hour\\ntwo days\\n' | \"$HEED\" translate model");
  EXPECT_EQ(embedded.status, 0) << embedded.err;
  EXPECT_EQ(embedded.out, program.out);
  EXPECT_NE(embedded.out, "");
}

TEST_F(Installed, has_each_public_header_stand_by_itself) {
  const Outcome outcome = shell(
      "for header in $(cd prefix/include && find heed -name '*.h'); do "
      "echo \"#include <$header>\" | g++ -std=c++20 -fsyntax-only -x c++ -I prefix/include - || exit 1; "
      "done");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_TRUE(exists("prefix/include/heed/service/translator.h"));
  EXPECT_FALSE(exists("prefix/include/heed/training")) << "training is no matter of programs that use models";
}

TEST_F(Installed, has_a_page_in_the_manual_for_each_command) {
  const Outcome outcome = shell("cd prefix/share/man/man1 && ls && zcat *.gz | grep -c '^.SH NAME'");
  for (const char* page : {"heed.1.gz", "heed-train.1.gz", "heed-data-sample.1.gz", "heed-quickstart.1.gz"})
    EXPECT_NE(outcome.out.find(page), std::string::npos) << outcome.out;
  if (shell("command -v man").status != 0) GTEST_SKIP() << "man is not installed (man-db)";
  const Outcome warnings = shell(
      "for page in prefix/share/man/man1/*; do "
      "MANROFFSEQ= MANWIDTH=80 man --warnings -E UTF-8 -l -Tutf8 -Z $page >/dev/null; done");
  EXPECT_EQ(warnings.err, "");
}

}  // namespace
}  // namespace heed
