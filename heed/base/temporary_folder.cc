#include "heed/base/temporary_folder.h"

#include <cstdlib>

#include "heed/base/error.h"

namespace heed {

TemporaryFolder::TemporaryFolder(std::string_view name) {
  std::string path = (std::filesystem::temp_directory_path() / message(name, "-XXXXXX")).string();
  require<FileError>(mkdtemp(path.data()) != nullptr, path,
                     ": cannot be made; set TMPDIR to a folder with room");
  path_ = path;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace heed
