#include "tests/architecture/source_tree.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <regex>
#include <sstream>

namespace heed::architecture {

const std::filesystem::path root = HEED_SOURCE_DIR;

std::string content(const std::filesystem::path& path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::filesystem::path> sources(std::string_view folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root / folder))
    if (entry.path().extension() == ".h" || entry.path().extension() == ".cc") files.push_back(entry.path());
  std::ranges::sort(files);
  return files;
}

std::vector<std::string> folders_with_files(std::string_view folder) {
  std::set<std::string> folders;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root / folder))
    if (entry.is_regular_file())
      folders.insert(std::filesystem::relative(entry.path().parent_path(), root).string());
  return {folders.begin(), folders.end()};
}

std::string code_of(const std::string& source) {
  std::string code;
  const auto skip_to = [&](std::size_t from, std::string_view end) {
    const std::size_t at = source.find(end, from);
    return at == std::string::npos ? source.size() : at + end.size();
  };
  const auto at = [&](std::size_t i, std::string_view text) {
    return source.compare(i, text.size(), text) == 0;
  };
  for (std::size_t i = 0; i < source.size();) {
    const char c = source[i];
    if (at(i, "//")) {
      i = skip_to(i, "\n");
      code += '\n';
    } else if (at(i, "/*")) {
      i = skip_to(i, "*/");
      code += ' ';
    } else if (c == '#' && (code.empty() || code.back() == '\n')) {
      do i = skip_to(i, "\n");
      while (i >= 2 && source[i - 2] == '\\' && i < source.size());
    } else if (at(i, "R\"")) {
      const std::size_t open = source.find('(', i);
      i = skip_to(open, ")" + source.substr(i + 2, open - i - 2) + "\"");
      code += "\"\"";
    } else if (c == '"' ||
               (c == '\'' && (code.empty() || !std::isalnum(static_cast<unsigned char>(code.back()))))) {
      for (++i; i < source.size() && source[i] != c; ++i)
        if (source[i] == '\\') ++i;
      ++i;
      code += "\"\"";
    } else {
      code += c;
      ++i;
    }
  }
  return code;
}

std::vector<std::string> types_defined(const std::string& source) {
  static const std::regex name_space(R"(\bnamespace\s+([\w:]*)\s*$)"), unnamed(R"(\bnamespace\s*$)"),
      type(
          R"(\b(?:struct|class|union|enum|enum\s+class|enum\s+struct)\s+(\w+)\s*(?:final\s*)?(?::[^:][^]*)?$)");
  std::vector<std::string> types, scopes;  // a scope that is no namespace is ""
  std::string head;                        // what stands since the last end of a declaration
  for (const char c : code_of(source)) {
    if (c == '{') {
      std::smatch match;
      std::string scope;
      if (std::regex_search(head, match, name_space)) {
        scope = match[1];
      } else if (std::regex_search(head, unnamed)) {
        scope = "(unnamed)";
      } else if (std::regex_search(head, match, type) &&
                 std::ranges::find(scopes, std::string()) == scopes.end()) {
        std::string name;
        for (const std::string& outer : scopes) name += outer + "::";
        types.push_back(name + match[1].str());
      }
      scopes.push_back(scope);
    } else if (c == '}' && !scopes.empty()) {
      scopes.pop_back();
    }
    if (c == '{' || c == '}' || c == ';')
      head.clear();
    else
      head += c;
  }
  return types;
}

DeclaredLayers declared_layers() {
  DeclaredLayers declared;
  const std::string text = content(root / "heed/CMakeLists.txt");
  const std::regex declaration(R"(heed_library\(([^)]*)\))");
  for (std::sregex_iterator match(text.begin(), text.end(), declaration), end; match != end; ++match) {
    std::istringstream words((*match)[1]);
    std::string folder, word, mode;
    words >> folder;
    declared.order.push_back(folder);
    std::set<std::string>& may = declared.layers[folder];
    while (words >> word) {
      if (word == "DEPENDS" || word == "USES")
        mode = word;
      else if (mode == "DEPENDS")
        may.insert(word);
    }
  }
  return declared;
}

}  // namespace heed::architecture
