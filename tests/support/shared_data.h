#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

namespace heed {

/// Real data that lies beside the repository where it does: ../shared/data/NAME. A test that does not find it
/// skips in these words, by which ./dev test counts such tests:
///   if (!multi30k.here()) GTEST_SKIP() << multi30k.missing();
class SharedData {
 public:
  explicit SharedData(std::string name)
      : path_(std::filesystem::path(HEED_SOURCE_DIR) / "../shared/data" / name), name_(std::move(name)) {}

  bool here() const { return std::filesystem::exists(path_); }
  std::string missing() const { return "needs ../shared/data/" + name_; }
  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path operator/(std::string_view file) const { return path_ / file; }

 private:
  std::filesystem::path path_;
  std::string name_;
};

}  // namespace heed
