#include "heed/base/json_lines_log.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

#include "heed/base/error.h"
#include "heed/base/json_text.h"
#include "heed/base/utc_time.h"
#include "heed/base/version.h"

namespace heed {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t most_waiting = std::size_t{16} << 20;

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
  descriptor_ = ::open(file.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
  require<FileError>(descriptor_ >= 0, "log ", file.string(), ": cannot be opened: ", std::strerror(errno));
  if (cut_off) waiting_ = "\n";
  append(
      {{"schema", "heed-log"}, {"version", version}, {"heed", heed::version()}, {"time", utc_time_text()}});
}

JsonLinesLog::~JsonLinesLog() {
  flush();
  ::close(descriptor_);
}

void JsonLinesLog::write(std::string_view event, const Json& fields) {
  Json line{{"event", event}, {"time", utc_time_text()}};
  if (!fields.is_null()) line.update(fields);  // {} is null to the JSON library
  append(line);
}

void JsonLinesLog::append(const Json& line) {
  const std::string text = text_of_json(line) + '\n';
  if (waiting_.size() + text.size() <= most_waiting) {
    waiting_ += text;
  } else if (!full_) {
    std::cerr << "heed: log " << file_.string()
              << ": what happens from here on is lost until there is room\n";
    full_ = true;
  }
  flush();
}

void JsonLinesLog::flush() {
  while (!waiting_.empty()) {
    const ssize_t written = ::write(descriptor_, waiting_.data(), waiting_.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      if (!failing_)
        std::cerr << "heed: log " << file_.string() << ": cannot be written: " << std::strerror(errno)
                  << "; the work goes on, and the log once it can\n";
      failing_ = true;
      return;
    }
    // What is left over begins where the file ends: no line is broken.
    waiting_.erase(0, static_cast<std::size_t>(written));
  }
  failing_ = full_ = false;
}

}  // namespace heed
