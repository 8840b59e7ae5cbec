#include <gtest/gtest.h>

#include "tests/end_to_end/heed_program.h"

namespace heed {
namespace {

/// ./dev as a user without root runs it, on a machine that it sees through stubs.
class DevWithoutRoot : public HeedProgram {
 protected:
  DevWithoutRoot() {
    stub("id", "echo 1000");
    stub("sudo", "exit 1");
    stub("cmake", "echo cmake \"$@\"");
    stub("apt-get", "echo installs; touch installed");
  }
  void stub(const std::string& name, const std::string& does) const {
    std::filesystem::create_directories(folder_ / "stubs");
    const auto path = file("stubs/" + name, "#!/bin/sh\n" + does + "\n");
    std::filesystem::permissions(path, std::filesystem::perms::owner_all);
  }
  Outcome dev(const std::string& command) const {
    return shell("PATH=$PWD/stubs:$PATH '" HEED_SOURCE_DIR "/dev' " + command + " < /dev/null");
  }
};

TEST_F(DevWithoutRoot, says_in_one_line_what_root_is_to_install) {
  stub("dpkg-query", "exit 1");
  const Outcome outcome = dev("build");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_NE(outcome.err.find("\napt-get install -y --no-install-recommends g++ cmake ninja-build "),
            std::string::npos)
      << outcome.err;
  EXPECT_EQ(outcome.err.find("libdnnl-dev"), std::string::npos) << "only benchmarks need it: " << outcome.err;
  EXPECT_EQ(outcome.out, "") << "nothing is built";
  EXPECT_NE(dev("bench").err.find(" libdnnl-dev"), std::string::npos);
}

TEST_F(DevWithoutRoot, builds_where_the_packages_are) {
  stub("dpkg-query", "echo install ok installed");
  const Outcome outcome = dev("build");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("cmake --build --preset release"), std::string::npos) << outcome.out;
  EXPECT_FALSE(exists("installed"));
}

}  // namespace
}  // namespace heed
