#pragma once
#include <chrono>
#include <filesystem>
#include <memory>
#include <string>

#include "heed/base/index.h"
#include "heed/io/decompression.h"
#include "heed/io/file_bytes.h"
#include "heed/text/charset_decoder.h"

namespace heed {

/// The text of a file or, for "-", of standard input: decompressed as its first bytes ask for, UTF-16 and
/// declared charsets turned into UTF-8, a byte order mark left out. What is taken for UTF-8 is given out as
/// it is, for the reader to check. FileError if it cannot be read, DataError if it is cut short, damaged, not
/// text, or not in its charset.
class TextSource {
 public:
  /// What tells the charset: a byte order mark alone, or the XML declaration too.
  enum class Kind { text, xml };

  explicit TextSource(const std::filesystem::path& path, Kind kind = Kind::text);

  /// Appends what has arrived, which may be nothing yet; false when there is no more.
  bool append_to(std::string& text);
  /// Whether append_to would answer at once, after waiting for so long.
  bool ready(std::chrono::milliseconds patience) const { return file_.ready(patience); }
  const std::string& name() const { return file_.name(); }

 private:
  bool knows_beginning() const;
  void begin();

  Kind kind_;
  FileBytes file_;
  std::unique_ptr<Decompression> bytes_;
  std::string raw_;  // not decoded yet
  bool beginning_ = true, finished_ = false;
  std::unique_ptr<CharsetDecoder> decoder_;  // none: UTF-8
};

}  // namespace heed
