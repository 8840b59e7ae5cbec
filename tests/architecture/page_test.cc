// docs/architecture.md and CONTRIBUTING.md say what is so.
#include <gtest/gtest.h>

#include <algorithm>
#include <regex>
#include <sstream>

#include "tests/architecture/source_tree.h"

namespace heed::architecture {
namespace {

const char* const pages[] = {"docs/architecture.md", "CONTRIBUTING.md"};

/// What stands in backticks on a page, but for blocks of code.
std::set<std::string> quoted(const std::string& page) {
  std::set<std::string> result;
  const std::string prose = std::regex_replace(page, std::regex("```[^`]*```"), "");
  const std::regex ticks("`([^`]+)`");
  for (std::sregex_iterator match(prose.begin(), prose.end(), ticks), end; match != end; ++match)
    result.insert(std::regex_replace((*match)[1].str(), std::regex("\\s+"), " "));
  return result;
}

bool found(const std::filesystem::path& path) {
  return std::filesystem::exists(path) || std::filesystem::exists(path.string() + ".h") ||
         std::filesystem::exists(path.string() + ".cc");
}

/// "training", "training/saved_states.h", "serving/translation_stream": of the root or of heed/. Where a
/// recipe says x, it means any name.
bool is_somewhere(const std::string& path) {
  return found(root / path) || found(root / "heed" / path) || found(root / "docs" / path);
}

/// All headers and sources as one text.
const std::string& all_code() {
  static const std::string all = [] {
    std::string text;
    for (const char* folder : {"heed", "cli", "tests"})
      for (const std::filesystem::path& file : sources(folder)) text += content(file);
    return text;
  }();
  return all;
}

bool has_word(const std::string& code, const std::string& word) {
  const auto part_of_word = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; };
  for (std::size_t at = code.find(word); at != std::string::npos; at = code.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || !part_of_word(code[at - 1])) && (end == code.size() || !part_of_word(code[end])))
      return true;
  }
  return false;
}

TEST(Page, has_a_row_for_every_folder_with_what_it_may_include) {
  const std::string page = content(root / pages[0]);
  const std::regex row(R"(\n\| `([a-z_/]+)` \|[^|\n]*\| ([^|\n]*) \|(?=\n))");
  Layers told;
  for (std::sregex_iterator match(page.begin(), page.end(), row), end; match != end; ++match) {
    std::set<std::string>& may = told[(*match)[1]];
    std::istringstream cell((*match)[2]);
    for (std::string folder; std::getline(cell >> std::ws, folder, ',');)
      if (folder != "-") may.insert(folder);
  }
  const auto text = [](const std::set<std::string>& folders) {
    std::string joined;
    for (const std::string& folder : folders) joined += (joined.empty() ? "" : ", ") + folder;
    return joined.empty() ? std::string("-") : joined;
  };
  const Layers declared = declared_layers().layers;
  for (const auto& [folder, may] : declared) {
    ASSERT_TRUE(told.contains(folder)) << "docs/architecture.md has no row for heed/" << folder;
    EXPECT_EQ(text(told[folder]), text(may)) << "docs/architecture.md, row " << folder;
  }
  for (const auto& [folder, may] : told)
    EXPECT_TRUE(declared.contains(folder)) << "docs/architecture.md: heed/CMakeLists.txt has no " << folder;
}

TEST(Page, names_only_paths_that_exist) {
  const std::regex looks_like_path(R"([\w.]+(/[\w.]+)*/?|[\w./]+\.(h|cc|txt))");
  int checked = 0;
  for (const char* page : pages)
    for (const std::string& word : quoted(content(root / page))) {
      if (word.find('/') == std::string::npos || !std::regex_match(word, looks_like_path)) continue;
      ++checked;
      EXPECT_TRUE(is_somewhere(word)) << page << " names `" << word << "`, which does not exist";
    }
  EXPECT_GT(checked, 10);
}

TEST(Page, names_only_types_and_functions_that_exist) {
  const std::regex name(R"(([A-Z]\w*[a-z]\w*|[a-z]\w*_\w+)(::\w+)*(\(\))?)");
  std::map<std::string, std::string> code_with;  // a type -> the files that define one of this name
  for (const char* folder : {"heed", "cli"})
    for (const std::filesystem::path& file : sources(folder)) {
      const std::string code = content(file);
      for (const std::string& type : types_defined(code)) code_with[type.substr(type.rfind(':') + 1)] += code;
    }
  int checked = 0;
  for (const char* page : pages)
    for (const std::string& word : quoted(content(root / page))) {
      if (!std::regex_match(word, name)) continue;
      ++checked;
      std::istringstream parts(std::regex_replace(word, std::regex(R"(::|\(\))"), " "));
      std::string first, member;
      parts >> first;
      const bool type = std::isupper(static_cast<unsigned char>(first[0]));
      EXPECT_TRUE(type ? code_with.contains(first) : has_word(all_code(), first))
          << page << " names `" << word << "`, which is not defined";
      while (parts >> member)
        EXPECT_TRUE(has_word(code_with[first], member)) << page << " names `" << word << "`: no " << member;
    }
  EXPECT_GT(checked, 10);
}

TEST(Page, names_only_options_that_exist) {
  const std::regex option("--([a-z][a-z-]*)");
  for (const char* page : pages)
    for (const std::string& word : quoted(content(root / page)))
      for (std::sregex_iterator match(word.begin(), word.end(), option), end; match != end; ++match) {
        if (word.starts_with("cmake") || word.starts_with("ctest")) continue;
        std::string setting = (*match)[1];
        std::ranges::replace(setting, '-', '_');
        EXPECT_TRUE(all_code().find("\"" + setting + "\"") != std::string::npos ||
                    all_code().find(match->str() + "\"") != std::string::npos)
            << page << " names `" << word << "`: no setting is called " << setting;
      }
}

}  // namespace
}  // namespace heed::architecture
