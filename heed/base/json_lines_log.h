#pragma once
#include <filesystem>
#include <fstream>
#include <nlohmann/json_fwd.hpp>
#include <string_view>

namespace heed {

/// A log for programs to read: one JSON object a line, appended and flushed one by one. Each run begins with
/// {"schema": "heed-log", "version": 1, ...}; every other line has an "event" and a "time" in UTC.
/// Where the disk fills up, the log stops with one warning: the work goes on.
class JsonLinesLog {
 public:
  /// FileError if the file cannot be opened.
  explicit JsonLinesLog(const std::filesystem::path& file);

  /// Appends {"event": event, "time": now, fields...}. Numbers that are not finite become null.
  void write(std::string_view event, const nlohmann::ordered_json& fields);

 private:
  void append(const nlohmann::ordered_json& line);

  std::filesystem::path file_;
  std::ofstream out_;
};

}  // namespace heed
