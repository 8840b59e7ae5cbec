#pragma once
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <string_view>

#include "heed/base/files.h"

namespace heed {

/// A test with a folder of its own, gone when it ends.
class WithFolder : public testing::Test {
 protected:
  WithFolder() {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  ~WithFolder() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path file(const std::string& name, std::string_view content) const {
    write_file(folder_ / name, content);
    return folder_ / name;
  }

  const std::filesystem::path folder_ =
      std::filesystem::path(testing::TempDir()) / ("heed_test_" + std::to_string(::getpid()));
};

}  // namespace heed
