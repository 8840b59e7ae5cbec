#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "heed/base/fields.h"
#include "heed/base/index.h"
#include "heed/io/exact_lines.h"

namespace heed {

/// Where one document of a text ends and the next begins.
enum class DocumentSplit {
  by_file,        // each file is a document, to its last byte
  by_blank_line,  // at one or more lines of nothing but white space; the document has no end of line behind
                  // it
  by_line,        // each line is a document, such as a name
};

template <>
struct EnumNames<DocumentSplit> {
  static constexpr std::array names{std::pair{"file", DocumentSplit::by_file},
                                    std::pair{"blank-line", DocumentSplit::by_blank_line},
                                    std::pair{"line", DocumentSplit::by_line}};
};

/// How documents are read.
struct DocumentOptions {
  DocumentSplit split = DocumentSplit::by_file;
  bool skip_invalid = false;

  static constexpr std::string_view title = "Text";
  static constexpr auto fields() {
    using C = DocumentOptions;
    return std::tuple(
        field("documents", &C::split,
              "what is a document: a file, what stands between blank lines, or a line"),
        field(
            "skip_invalid", &C::skip_invalid,
            "count lines that are not UTF-8, or dialogues that cannot be read, and leave them out instead of "
            "stopping at the first"));
  }
};

/// What became of a text.
struct DocumentReport {
  Index documents = 0;        // given out whole
  Index bytes = 0;            // of their text
  Index empty = 0;            // files, or lines where these are documents, with nothing in them
  Index invalid = 0;          // lines left out, or parts of very long ones: not UTF-8
  std::string first_invalid;  // FILE:LINE:BYTE

  /// "3 documents of 1200 bytes", then what was left out, a line each.
  std::vector<std::string> lines() const;
};

/// A document or, of one that is large, the next part of it.
struct DocumentPart {
  std::string text;
  bool ends_document = true;
};

/// Reads documents one after the other; no more than one part of one lies in memory.
class DocumentReader {
 public:
  /// The report must outlive it. Parts have up to `part_bytes`, 64 or more, and the end of a line that goes
  /// before; lines are cut only if they are longer.
  DocumentReader(std::vector<std::filesystem::path> files, const DocumentOptions& options,
                 DocumentReport& report, std::size_t part_bytes = 1 << 20);

  /// The next part; false after the last document. FileError or DataError, with file, line and byte, for what
  /// cannot be read or is not UTF-8.
  bool next(DocumentPart& part);
  /// The next document as a whole.
  bool next_document(std::string& text);
  /// "FILE:LINE" that was read last, for messages.
  std::string where() const;

 private:
  bool open_next_file();
  bool take_line();
  bool is_sound(const ExactLine& line);
  bool at_boundary() const;
  bool is_blank_line() const;
  void append(std::string& text);

  std::vector<std::filesystem::path> files_;
  DocumentOptions options_;
  DocumentReport& report_;
  std::size_t part_bytes_;
  std::size_t next_file_ = 0;
  std::unique_ptr<ExactLines> lines_;  // none: no file is being read
  ExactLine line_;                     // that comes next
  bool has_line_ = false;
  bool within_document_ = false;
  bool line_ended_ = false;  // the one that was appended last
  std::string held_end_;     // of that line: given out if the document goes on
};

/// The documents of text files, plain or compressed, in UTF-8 or, with a byte order mark, UTF-16: they can be
/// read again and again, so that none of them has to lie in memory.
class TextDocuments {
 public:
  /// ConfigError without files, FileError if one is not there or can be read only once, such as a pipe.
  explicit TextDocuments(std::vector<std::filesystem::path> files, const DocumentOptions& options = {});

  /// Reads from the first document on; the report must outlive the reader.
  DocumentReader open(DocumentReport& report, std::size_t part_bytes = 1 << 20) const {
    return {files_, options_, report, part_bytes};
  }
  /// Names all that the documents depend on, as far as that can be told without reading them: the same
  /// text, the same documents. FileError if a file is gone.
  std::string fingerprint() const;
  /// "book.txt", "book.txt and 3 more files": for messages.
  std::string name() const;

 private:
  std::vector<std::filesystem::path> files_;
  DocumentOptions options_;
};

}  // namespace heed
