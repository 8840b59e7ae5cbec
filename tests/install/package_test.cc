#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>

#include "tests/end_to_end/heed_program.h"

namespace heed {
namespace {

/// The Debian packages, made anew in folder_/packages.
class Packages : public HeedProgram {
 protected:
  void SetUp() override {
    if (shell("command -v dpkg-shlibdeps").status != 0) GTEST_SKIP() << "dpkg-dev is not installed";
    const Outcome made = shell("cpack --config '" HEED_BINARY_DIR "/CPackConfig.cmake' -B packages");
    ASSERT_EQ(made.status, 0) << made.out << made.err;
  }
  /// What dpkg-deb says of the package of the program.
  std::string told(const std::string& how) const {
    return shell("dpkg-deb " + how + " packages/heed_*.deb").out;
  }
};

TEST_F(Packages, hold_a_program_that_runs_and_say_what_it_needs) {
  ASSERT_EQ(shell("dpkg-deb -x packages/heed_*.deb root").status, 0);
  EXPECT_EQ(shell("root/usr/bin/heed data sample --count 3").status, 0);
  const std::string fields = told("-f");
  for (const char* part : {"Package: heed\n", "libsentencepiece0", "libicu72", "libc6 (>="})
    EXPECT_NE(fields.find(part), std::string::npos) << part << " in\n" << fields;
  const std::string list = told("-c");
  for (const char* file :
       {"/usr/share/man/man1/heed.1.gz", "/usr/share/doc/heed/copyright", "/usr/share/doc/heed/changelog.gz",
        "/usr/share/bash-completion/completions/heed", "/usr/share/zsh/vendor-completions/_heed",
        "/usr/share/fish/vendor_completions.d/heed.fish"})
    EXPECT_NE(list.find(file), std::string::npos) << file << " in\n" << list;
  EXPECT_EQ(list.find("libheed.a"), std::string::npos);
  EXPECT_EQ(shell("dpkg-deb -x packages/libheed-dev_*.deb root && ls root/usr/lib/libheed.a "
                  "root/usr/lib/cmake/heed/heedConfig.cmake root/usr/include/heed/service/translator.h")
                .status,
            0);
}

TEST_F(Packages, are_installed_by_dpkg) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can do that";
  // Beside the system's packages, in a folder of its own; in CI for real.
  const bool for_real = std::getenv("CI") != nullptr;
  ASSERT_EQ(
      shell("mkdir -p root/var/lib/dpkg/info root/var/lib/dpkg/updates && touch root/var/lib/dpkg/status")
          .status,
      0);
  const std::string dpkg =
                        for_real ? "dpkg" : "dpkg --root=$PWD/root --force-depends --force-script-chrootless",
                    where = for_real ? "" : "root";
  const Outcome installed = shell(dpkg + " -i packages/heed_*.deb");
  EXPECT_EQ(installed.status, 0) << installed.out << installed.err;
  EXPECT_EQ(shell(where + "/usr/bin/heed --version").status, 0);
  const Outcome removed = shell(dpkg + " -P heed && ls " + where + "/usr/bin/heed");
  EXPECT_NE(removed.err.find("cannot access"), std::string::npos) << removed.out << removed.err;
}

TEST_F(Packages, have_no_errors_that_lintian_knows) {
  if (shell("command -v lintian").status != 0) GTEST_SKIP() << "lintian is not installed";
  const Outcome outcome = shell("lintian --allow-root --fail-on error packages/*.deb");
  EXPECT_EQ(outcome.status, 0) << outcome.out << outcome.err;
  EXPECT_EQ(outcome.out.find("E: "), std::string::npos) << outcome.out;
}

}  // namespace
}  // namespace heed
