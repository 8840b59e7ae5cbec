#pragma once
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace heed::architecture {

/// The folder that holds heed/, cli/, tests/ and docs/.
extern const std::filesystem::path root;

std::string content(const std::filesystem::path& path);

/// All .h and .cc files beneath a folder of the root, sorted.
std::vector<std::filesystem::path> sources(std::string_view folder);

/// Every folder beneath a folder of the root that holds files itself, that folder too, relative to the root.
std::vector<std::string> folders_with_files(std::string_view folder);

/// C++ without comments, preprocessor lines and what stands in quotes.
std::string code_of(const std::string& source);

/// The types that a source defines right in a namespace, as "heed::kernels::Adam"; specializations of
/// templates and forward declarations are none.
std::vector<std::string> types_defined(const std::string& source);

/// A folder -> the folders that heed/CMakeLists.txt lets it include directly.
using Layers = std::map<std::string, std::set<std::string>>;

struct DeclaredLayers {
  Layers layers;
  std::vector<std::string> order;  // as they are declared
};

DeclaredLayers declared_layers();

}  // namespace heed::architecture
