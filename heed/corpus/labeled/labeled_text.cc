#include "heed/corpus/labeled/labeled_text.h"

#include <algorithm>

#include "heed/io/line_reader.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

constexpr std::string_view space = " \t\n\v\f\r";

LabeledText split_at_tab(std::string_view line, const std::string& where) {
  const std::size_t tab = line.find('\t');
  require<DataError>(tab != line.npos, where,
                     ": expected a label, a tab and a text, but there is no tab in '", printable(line), "'");
  const std::string_view label = trimmed(line.substr(0, tab));
  require<DataError>(!label.empty(), where, ": there is no label before the tab");
  return {std::string(label), std::string(trimmed(line.substr(tab + 1)))};
}

LabeledText split_at_word(std::string_view line) {
  line = trimmed(line);
  const std::size_t end = std::min(line.find_first_of(space), line.size());
  return {std::string(line.substr(0, end)), std::string(trimmed(line.substr(end)))};
}

void read_file_into(std::vector<LabeledText>& texts, const std::filesystem::path& file,
                    const LabelReading& reading) {
  LineReader reader(file);
  LabelFormat format = reading.format;
  while (auto read = reader.next()) {
    if (reader.line() == 1 && read->starts_with("\xEF\xBB\xBF")) read->erase(0, 3);
    if (is_blank(*read)) continue;
    const std::string line = decoded(std::move(*read), reading.encoding, reader.where());
    const bool tab = line.find('\t') != line.npos;
    if (format == LabelFormat::automatic) format = tab ? LabelFormat::tsv : LabelFormat::first_word;
    // What a lost tab in the first line of a TSV would otherwise do to all the others.
    require<DataError>(reading.format != LabelFormat::automatic || format == LabelFormat::tsv || !tab,
                       reader.where(),
                       ": has a tab, but lines before it have none; say --format tsv or --format first_word");
    texts.push_back(format == LabelFormat::tsv ? split_at_tab(line, reader.where()) : split_at_word(line));
  }
}

}  // namespace

std::string decoded(std::string line, TextEncoding encoding, std::string_view where) {
  if (encoding == TextEncoding::utf8) {
    require_utf8(line, where, "say --encoding latin1 if the file is older than that");
    return line;
  }
  std::string text;
  for (const char c : line) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      text += c;
    } else {
      text += static_cast<char>(0xC0 | (byte >> 6));
      text += static_cast<char>(0x80 | (byte & 0x3F));
    }
  }
  return text;
}

std::vector<LabeledText> read_labeled(std::span<const std::filesystem::path> files,
                                      const LabelReading& reading) {
  std::vector<LabeledText> texts;
  for (const auto& file : files) read_file_into(texts, file, reading);
  return texts;
}

}  // namespace heed
