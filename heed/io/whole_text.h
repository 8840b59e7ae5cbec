#pragma once
#include <filesystem>
#include <string>

namespace heed {

/// All text of a file that is small enough to lie in memory, in any form that TextSource reads. FileError or
/// DataError as there, DataError for what is not UTF-8.
std::string read_whole_text(const std::filesystem::path& path);

}  // namespace heed
