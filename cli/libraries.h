#pragma once
#include <string>
#include <utility>
#include <vector>

namespace heed {

/// heed, its compiler and the libraries that it runs with: name, version. Those of shared libraries are what
/// is loaded, not what it was built with, wherever they can tell.
std::vector<std::pair<std::string, std::string>> libraries();

/// The operating system: "Linux 6.1.0 x86_64".
std::string system_text();

}  // namespace heed
