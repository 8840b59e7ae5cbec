#pragma once
#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace heed {

/// A log for programs to read: one JSON object a line, appended and handed to the system one by one. Each run
/// begins with {"schema": "heed-log", "version": ...}; every other line has an "event" and a "time" in
/// UTC. Where the disk fills up, the work goes on: lines wait in memory until there is room again, up to 16
/// MiB.
class JsonLinesLog {
 public:
  /// Of what is written; docs/log.md says what each version means.
  static constexpr int version = 2;

  /// FileError if the file cannot be opened.
  explicit JsonLinesLog(const std::filesystem::path& file);
  ~JsonLinesLog();
  JsonLinesLog(const JsonLinesLog&) = delete;
  JsonLinesLog& operator=(const JsonLinesLog&) = delete;

  /// Appends {"event": event, "time": now, fields...}. Numbers that are not finite become null.
  void write(std::string_view event, const nlohmann::ordered_json& fields);

 private:
  void append(const nlohmann::ordered_json& line);
  void flush();

  std::filesystem::path file_;
  int descriptor_;
  std::string waiting_;  // not yet written
  bool failing_ = false, full_ = false;
};

}  // namespace heed
