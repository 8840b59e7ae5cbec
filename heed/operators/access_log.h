#pragma once
#include <filesystem>
#include <mutex>

#include "heed/http/server.h"

namespace heed {

/// Whether a log of requests holds what they say.
enum class LoggedTexts { no, yes };

/// A JSON object a line for each request: when, from whom, what for, and what became of it. No keys and,
/// unless asked, nothing of what stood in queries and bodies, which are other people's texts.
class AccessLog {
 public:
  /// Appends to a file, "-" being standard error. FileError if it cannot be opened.
  AccessLog(const std::filesystem::path& file, LoggedTexts texts);
  ~AccessLog();
  AccessLog(const AccessLog&) = delete;
  AccessLog& operator=(const AccessLog&) = delete;

  void write(const http::Answered& answered);
  /// Opens the file anew: what rotates logs has moved the old one. That goes on if it cannot be.
  void reopen();

 private:
  std::filesystem::path file_;
  LoggedTexts texts_;
  std::mutex mutex_;
  int descriptor_;
};

}  // namespace heed
