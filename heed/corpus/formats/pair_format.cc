#include "heed/corpus/formats/pair_format.h"

#include <string>
#include <utility>

#include "heed/base/error.h"
#include "heed/corpus/formats/mo_reader.h"
#include "heed/io/compression.h"
#include "heed/io/text_source.h"
#include "heed/text/language_codes.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

constexpr std::size_t beginning_bytes = 1 << 16;

/// The first text of a file, as TextSource gives it.
std::string beginning_of(const std::filesystem::path& path, TextSource::Kind kind) {
  TextSource source(path, kind);
  std::string text;
  while (text.size() < beginning_bytes && source.append_to(text)) {
  }
  return text;
}

/// The first bytes of a file, decompressed.
std::string first_bytes(const std::filesystem::path& path) {
  FileBytes file(path);
  const auto decompression = decompression_of(file);
  std::string bytes;
  while (bytes.size() < 4 && decompression->append_to(bytes, file)) {
  }
  return bytes.substr(0, 4);
}

/// The name of the first element of a text that looks like XML; empty if it does not.
std::string_view root_of(std::string_view text) {
  for (;;) {
    text = trimmed(text);
    if (!text.starts_with('<')) return {};
    const bool comment = text.starts_with("<!--");
    if (!comment && !text.starts_with("<?") && !text.starts_with("<!")) {
      const std::string_view name = text.substr(1, text.find_first_of(" \t\r\n/>") - 1);
      return name.substr(name.find(':') + 1);
    }
    const std::size_t subset = text.find_first_of("[>");
    const std::string_view end = comment ? "-->"
                                 : text.starts_with("<!") && subset != text.npos && text[subset] == '[' ? "]"
                                                                                                        : ">";
    const std::size_t at = text.find(end);
    if (at == text.npos) return {};
    text.remove_prefix(at + end.size());
    if (end == "]") text.remove_prefix(std::min(text.find('>') + 1, text.size()));
  }
}

/// Whether the first line that is no comment is one of a PO file.
bool looks_like_po(std::string_view text) {
  while (!text.empty()) {
    const std::string_view line = trimmed(text.substr(0, text.find('\n')));
    text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
    if (line.empty() || line.starts_with('#')) continue;
    return line.starts_with("msgid \"") || line.starts_with("msgctxt \"");
  }
  return false;
}

/// A name cut at its language: corpus. and .txt of corpus.en.txt.
struct NameParts {
  std::string before, language, after;
};

NameParts parts_of(const std::filesystem::path& path) {
  std::string name = uncompressed_name(path).string(), after;
  if (name.ends_with(".txt")) {
    name.resize(name.size() - 4);
    after = ".txt";
  }
  const std::size_t dot = name.find_last_of('.');
  const std::string code = dot == name.npos ? name : name.substr(dot + 1);
  if (!is_language_code(code)) return {};
  return {dot == name.npos ? std::string() : name.substr(0, dot + 1), code, after};
}

}  // namespace

std::optional<PairFormat> format_of(const std::filesystem::path& path, const ReadOptions& options) {
  if (MoReader::starts(first_bytes(path))) return PairFormat::mo;
  const std::string extension = uncompressed_name(path).extension().string();
  // A file that claims to be one is read as one, so that its reader can say what is wrong with it.
  if (extension == ".mo" || extension == ".gmo") return PairFormat::mo;
  const std::string beginning = beginning_of(path, TextSource::Kind::xml);
  const std::string_view root = root_of(beginning);
  if (root == "tmx") return PairFormat::tmx;
  if (root == "xliff") return PairFormat::xliff;
  if (root == "TS") return PairFormat::ts;  // .ts alone is TypeScript's name, too, and that of films
  if (extension == ".tmx") return PairFormat::tmx;
  if (extension == ".xlf" || extension == ".xliff") return PairFormat::xliff;
  if (extension == ".po" || extension == ".pot") return PairFormat::po;
  if (extension == ".tsv" || extension == ".tab" || extension == ".csv") return PairFormat::table;
  const std::string language = language_of_name(path);
  if (!language.empty() &&
      (closeness(language, options.source_language) > 0 || closeness(language, options.target_language) > 0))
    return PairFormat::lines;
  if (beginning.find('\0') != beginning.npos || !root.empty()) return std::nullopt;
  if (looks_like_po(beginning)) return PairFormat::po;
  const std::string_view first = std::string_view(beginning).substr(0, beginning.find('\n'));
  if (first.find('\t') != first.npos) return PairFormat::table;
  return std::nullopt;
}

std::string language_of_name(const std::filesystem::path& path) { return parts_of(path).language; }

std::optional<std::filesystem::path> partner_of(const std::filesystem::path& path, std::string_view wanted) {
  const NameParts mine = parts_of(path);
  std::filesystem::path folder = path.parent_path();
  std::optional<std::filesystem::path> best;
  int best_closeness = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder.empty() ? "." : folder)) {
    const NameParts other = parts_of(entry.path());
    if (!entry.is_regular_file() || other.before != mine.before || other.after != mine.after) continue;
    if (other.language.empty() || other.language == mine.language) continue;
    const int close = closeness(other.language, wanted);
    const std::filesystem::path candidate = folder / entry.path().filename();
    // The order of a folder is anyone's: of two that are as close, the first by name.
    if (close > best_closeness || (close > 0 && close == best_closeness && candidate < *best)) {
      best_closeness = close;
      best = candidate;
    }
  }
  return best;
}

}  // namespace heed
