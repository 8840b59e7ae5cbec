#include "heed/corpus/text_documents.h"

#include <algorithm>

#include "heed/base/error.h"
#include "heed/base/settings.h"
#include "heed/io/file_fingerprint.h"
#include "heed/text/unicode.h"

namespace heed {

std::vector<std::string> DocumentReport::lines() const {
  std::vector<std::string> result{
      message(documents, documents == 1 ? " document of " : " documents of ", bytes, " bytes")};
  if (empty > 0) result.push_back(message(empty, " empty: left out"));
  if (invalid > 0)
    result.push_back(message(invalid, invalid == 1 ? " line" : " lines", " left out: not UTF-8, first at ",
                             first_invalid));
  return result;
}

DocumentReader::DocumentReader(std::vector<std::filesystem::path> files, const DocumentOptions& options,
                               DocumentReport& report, std::size_t part_bytes)
    : files_(std::move(files)),
      options_(options),
      report_(report),
      part_bytes_(std::max<std::size_t>(part_bytes, 64)) {}

bool DocumentReader::next(DocumentPart& part) {
  part.text.clear();
  for (;;) {
    if (!has_line_) has_line_ = take_line();
    if (at_boundary()) {
      if (within_document_) {
        if (options_.split == DocumentSplit::by_file) part.text += held_end_;
        held_end_.clear();
        within_document_ = line_ended_ = false;
        part.ends_document = true;
        report_.bytes += std::ssize(part.text);
        ++report_.documents;
        return true;
      }
      if (!has_line_) {
        if (!open_next_file()) return false;
      } else {
        if (options_.split == DocumentSplit::by_line) ++report_.empty;
        has_line_ = false;
      }
      continue;
    }
    if (!part.text.empty() && part.text.size() + held_end_.size() + line_.text.size() > part_bytes_) {
      part.ends_document = false;
      report_.bytes += std::ssize(part.text);
      return true;
    }
    append(part.text);
  }
}

bool DocumentReader::next_document(std::string& text) {
  DocumentPart part;
  if (!next(part)) return false;
  text = std::move(part.text);
  while (!part.ends_document && next(part)) text += part.text;
  return true;
}

std::string DocumentReader::where() const {
  return lines_ ? message(lines_->name(), ":", line_.number) : "the beginning of the text";
}

bool DocumentReader::open_next_file() {
  if (lines_ && options_.split == DocumentSplit::by_file && line_.number == 0) ++report_.empty;
  if (next_file_ == files_.size()) return false;
  line_ = {};
  lines_ = std::make_unique<ExactLines>(files_[next_file_++], part_bytes_);
  return true;
}

/// The next line that is sound; false at the end of the file.
bool DocumentReader::take_line() {
  while (lines_ && lines_->next(line_)) {
    if (is_sound(line_)) return true;
    if (line_.whole) continue;
    line_.text = {};  // its line goes on, or ends here
    return true;
  }
  return false;
}

bool DocumentReader::is_sound(const ExactLine& line) {
  const auto bad = first_invalid_utf8(line.text);
  if (!bad) return true;
  const Index byte = line.first_byte + static_cast<Index>(*bad);
  require<DataError>(options_.skip_invalid, where(), ": not UTF-8 at byte ", byte, " of the text: '",
                     printable(line.text.substr(*bad - std::min<std::size_t>(*bad, 12), 24)),
                     "'; convert the file, or leave out such lines with --skip-invalid");
  if (report_.first_invalid.empty()) report_.first_invalid = message(where(), ":", byte);
  ++report_.invalid;
  return false;
}

/// Whether what comes next does not belong to the document that is being read, or to none.
bool DocumentReader::at_boundary() const {
  if (!has_line_) return true;
  switch (options_.split) {
    case DocumentSplit::by_file:
      return false;
    case DocumentSplit::by_blank_line:
      return is_blank_line();
    case DocumentSplit::by_line:
      return within_document_ ? line_ended_ : is_blank_line();
  }
  return false;
}

bool DocumentReader::is_blank_line() const { return line_.whole && is_blank(line_.text); }

void DocumentReader::append(std::string& text) {
  text += held_end_;
  text += line_.text;
  held_end_ = line_.end;
  line_ended_ = !line_.end.empty();
  within_document_ = true;
  has_line_ = false;
}

TextDocuments::TextDocuments(std::vector<std::filesystem::path> files, const DocumentOptions& options)
    : files_(std::move(files)), options_(options) {
  require<ConfigError>(!files_.empty(), "text: no file is given; name at least one");
  for (const std::filesystem::path& file : files_) {
    require<ConfigError>(!file.empty(), "text: the name of a file is empty; name one that exists");
    std::error_code error;
    const auto status = std::filesystem::status(file, error);
    require<FileError>(file == "-" || std::filesystem::exists(status), file.string(),
                       ": cannot be opened: ", error ? error.message() : "there is no such file");
    require<FileError>(file != "-" && std::filesystem::is_regular_file(status),
                       file == "-" ? "standard input" : file.string(),
                       ": is not a regular file, but a text is read several times; write it into a file");
  }
}

std::string TextDocuments::fingerprint() const {
  DocumentOptions options = options_;
  std::string text;
  for (const Setting& setting : settings_of(options))
    text += message(setting.name, " ", shown(setting.get()), "\n");
  for (const std::filesystem::path& file : files_) text += file_fingerprint(file);
  return text;
}

std::string TextDocuments::name() const {
  const std::string first = files_.front().string();
  if (files_.size() == 1) return first;
  return message(first, " and ", files_.size() - 1, files_.size() == 2 ? " more file" : " more files");
}

}  // namespace heed
