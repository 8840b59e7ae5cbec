#include "heed/operators/access_log.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cmath>
#include <cstring>
#include <nlohmann/json.hpp>

#include "heed/base/error.h"
#include "heed/base/json_text.h"
#include "heed/base/utc_time.h"

namespace heed {
namespace {

int opened(const std::filesystem::path& file) {
  if (file == "-") return STDERR_FILENO;
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0640);
  require<FileError>(descriptor >= 0, "--access-log ", file.string(),
                     ": cannot be opened: ", std::strerror(errno));
  return descriptor;
}

}  // namespace

AccessLog::AccessLog(const std::filesystem::path& file, LoggedTexts texts)
    : file_(file), texts_(texts), descriptor_(opened(file)) {}

AccessLog::~AccessLog() {
  if (descriptor_ != STDERR_FILENO) ::close(descriptor_);
}

void AccessLog::reopen() {
  const int fresh = opened(file_);
  const std::lock_guard lock(mutex_);
  if (descriptor_ != STDERR_FILENO) ::close(descriptor_);
  descriptor_ = fresh;
}

void AccessLog::write(const http::Answered& answered) {
  const http::Request& request = answered.request;
  nlohmann::ordered_json line{{"time", utc_time_text()},
                              {"request", request.id},
                              {"address", answered.caller.address},
                              {"key", answered.caller.key},
                              {"method", request.method},
                              {"path", request.path},
                              {"status", answered.status},
                              {"bytes_in", request.body.size()},
                              {"bytes_out", answered.bytes},
                              {"seconds", std::round(answered.seconds * 1e6) / 1e6},
                              {"whole", answered.whole}};
  if (texts_ == LoggedTexts::yes) {
    line["query"] = request.query;
    line["body"] = request.body;
  }
  const std::string text = text_of_json(line) + "\n";
  const std::lock_guard lock(mutex_);
  // One write a line, so that lines of several programs do not mix. A disk that is full stops no answer.
  if (::write(descriptor_, text.data(), text.size()) < 0) return;
}

}  // namespace heed
