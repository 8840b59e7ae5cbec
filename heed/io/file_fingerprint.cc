#include "heed/io/file_fingerprint.h"

#include <system_error>

#include "heed/base/error.h"

namespace heed {

std::string file_fingerprint(const std::filesystem::path& path) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  const auto time = error ? std::filesystem::file_time_type() : std::filesystem::last_write_time(path, error);
  require<FileError>(!error, path.string(), ": cannot be opened: ", error.message());
  return message(std::filesystem::absolute(path).string(), " ", size, " bytes of ",
                 time.time_since_epoch().count(), "\n");
}

}  // namespace heed
