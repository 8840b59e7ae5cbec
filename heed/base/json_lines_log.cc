#include "heed/base/json_lines_log.h"

#include <cerrno>
#include <chrono>
#include <cstring>
#include <ctime>
#include <iostream>
#include <nlohmann/json.hpp>

#include "heed/base/error.h"
#include "heed/base/version.h"

namespace heed {
namespace {

using Json = nlohmann::ordered_json;

/// 2017-06-12T17:57:34.123Z
std::string now() {
  const auto since = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::system_clock::now().time_since_epoch());
  const std::time_t seconds = since.count() / 1000;
  std::tm time{};
  ::gmtime_r(&seconds, &time);
  char date[32], text[48];
  std::strftime(date, sizeof date, "%FT%T", &time);
  std::snprintf(text, sizeof text, "%s.%03dZ", date, static_cast<int>(since.count() % 1000));
  return text;
}

/// Whether the last line of a file was cut off, as a crash leaves it.
bool ends_within_a_line(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary | std::ios::ate);
  if (!in || in.tellg() <= 0) return false;
  in.seekg(-1, std::ios::end);
  return in.get() != '\n';
}

}  // namespace

JsonLinesLog::JsonLinesLog(const std::filesystem::path& file) : file_(file) {
  const bool cut_off = ends_within_a_line(file);
  errno = 0;
  out_.open(file, std::ios::binary | std::ios::app);
  require<FileError>(out_.good(), "log ", file.string(), ": cannot be opened: ", std::strerror(errno));
  if (cut_off) out_ << '\n';
  append({{"schema", "heed-log"}, {"version", 1}, {"heed", version()}, {"time", now()}});
}

void JsonLinesLog::write(std::string_view event, const Json& fields) {
  Json line{{"event", event}, {"time", now()}};
  if (!fields.is_null()) line.update(fields);  // {} is null to the JSON library
  append(line);
}

void JsonLinesLog::append(const Json& line) {
  if (!out_.is_open()) return;
  errno = 0;
  out_ << line.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n' << std::flush;
  if (out_.good()) return;
  std::cerr << "heed: log " << file_.string() << ": cannot be written: " << std::strerror(errno)
            << "; it ends here, the work goes on\n";
  out_.close();
}

}  // namespace heed
