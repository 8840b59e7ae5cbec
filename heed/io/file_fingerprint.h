#pragma once
#include <filesystem>
#include <string>

namespace heed {

/// A line that names what a file holds without reading it: its absolute path, size and time of last change.
/// FileError if it cannot be found.
std::string file_fingerprint(const std::filesystem::path& path);

}  // namespace heed
