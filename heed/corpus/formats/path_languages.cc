#include "heed/corpus/formats/path_languages.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

#include "heed/text/language_codes.h"

namespace heed {
namespace {

/// Whether an extension says what a file is, rather than a language: mo would be Moldavian.
bool is_format(std::string_view extension) {
  static constexpr std::array known{"po",     "pot", "mo",  "gmo", "xlf",   "xliff", "sdlxliff", "mqxliff",
                                    "mxliff", "ts",  "tmx", "tsv", "tab",   "csv",   "txt",      "xml",
                                    "gz",     "zst", "xz",  "bz2", "lproj", "mxlf",  "txlf",     "xcloc"};
  return std::find(known.begin(), known.end(), extension) != known.end();
}

std::string_view without_formats(std::string_view name) {
  for (;;) {
    const std::size_t dot = name.rfind('.');
    if (dot == name.npos || !is_format(name.substr(dot + 1))) return name;
    name = name.substr(0, dot);
  }
}

/// Whether a word is a language without more, in small letters as names of two languages have them.
bool is_bare_language(std::string_view word) {
  return std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; }) &&
         is_language_code(word);
}

/// en and fr of en-fr, whether or not that is a code, too; empty if a word is not two languages.
PathLanguages pair_of(std::string_view word) {
  const std::size_t middle = word.find_first_of("-_");
  if (middle == word.npos) return {};
  const std::string_view first = word.substr(0, middle), second = word.substr(middle + 1);
  if (first == second || !is_bare_language(first) || !is_bare_language(second)) return {};
  return {std::string(first), std::string(second)};
}

bool is_asked_for(const PathLanguages& pair, const ReadOptions& options) {
  const auto serve = [&](const std::string& source, const std::string& target) {
    return closeness(source, options.source_language) > 0 && closeness(target, options.target_language) > 0;
  };
  return !pair.empty() && (serve(pair.first, pair.second) || serve(pair.second, pair.first));
}

/// What a word says as a whole.
PathLanguages languages_of_word(std::string_view word, const ReadOptions& options) {
  PathLanguages pair = pair_of(word);
  if (is_asked_for(pair, options)) return pair;
  if (is_language_code(word)) return {"", std::string(word)};
  return pair;
}

/// The same for a name of several words, of which the last ones may be a language: en-de of app_en-de.
PathLanguages languages_of_end(std::string_view name, const ReadOptions& options) {
  if (PathLanguages all = languages_of_word(name, options); !all.empty()) return all;
  for (std::size_t at = 0; (at = name.find_first_of("-_", at)) != name.npos;) {
    const std::string_view word = name.substr(++at);
    // A word of three letters is more often a word (new, sun) than a language: Newari, Sundanese.
    if (word.size() == 3) continue;
    if (PathLanguages found = languages_of_word(word, options); !found.empty()) return found;
  }
  return {};
}

}  // namespace

PathLanguages languages_of_path(const std::filesystem::path& path, const ReadOptions& options) {
  const std::filesystem::path folder = path.parent_path();
  if (folder.filename() == "LC_MESSAGES") {
    const std::string code = folder.parent_path().filename().string();
    if (is_language_code(code)) return {"", code};
  }
  const std::string whole_name = path.filename().string();
  std::string_view name = without_formats(whole_name);
  for (;;) {  // its parts between dots, the last one first
    const std::size_t dot = name.rfind('.');
    PathLanguages found = languages_of_end(dot == name.npos ? name : name.substr(dot + 1), options);
    if (!found.empty()) return found;
    if (dot == name.npos) break;
    name = name.substr(0, dot);
  }
  std::filesystem::path around = folder;
  for (int up = 0; up < 2; ++up, around = around.parent_path()) {
    const std::string word(without_formats(around.filename().string()));
    if (PathLanguages found = languages_of_word(word, options); !found.empty()) return found;
  }
  return {};
}

bool names_other_languages(const std::filesystem::path& path, const ReadOptions& options) {
  if (options.source_language.empty() || options.target_language.empty()) return false;
  const std::string whole_name = path.filename().string();
  const std::string_view name = without_formats(whole_name);
  const std::string_view last = name.substr(name.rfind('.') + 1);
  const std::string folder = path.parent_path().filename().string();
  for (const std::string_view word : {last, std::string_view(folder)}) {
    if (const PathLanguages pair = pair_of(word); !pair.empty()) {
      if (is_asked_for(pair, options)) return false;
      // de-ch is rather the German of Switzerland than German and Chamorro.
      if (!is_language_of_its_country(word)) return true;
      return closeness(word, options.source_language) == 0 && closeness(word, options.target_language) == 0;
    }
  }
  // A word of three letters is seldom meant for a language.
  return last.size() != 3 && is_language_code(last) && closeness(last, options.source_language) == 0 &&
         closeness(last, options.target_language) == 0;
}

}  // namespace heed
