#pragma once
#include <deque>
#include <string>
#include <string_view>

#include "heed/base/error.h"
#include "heed/corpus/formats/language_direction.h"
#include "heed/corpus/pair_reader.h"
#include "heed/corpus/read_options.h"
#include "heed/corpus/read_report.h"

namespace heed {

/// What is wrong with one entry of a file whose other entries can be read. what() says FILE:LINE and the
/// reason.
class EntryError : public DataError {
 public:
  using DataError::DataError;
};

/// What the readers of translation files have in common: an entry of a file holds any number of pairs, each
/// made one line, checked and counted. The report must outlive the reader.
class EntryReader : public PairReader {
 public:
  EntryReader(const ReadOptions& options, ReadReport& report) : options_(options), report_(report) {}

  bool next(TextPair& pair) final;
  std::string where() const final { return where_; }

 protected:
  /// Reads an entry and offers or skips what it holds; false after the last. An EntryError is counted where
  /// such entries are to be skipped, and ends the reading elsewhere.
  virtual bool read_entry() = 0;
  /// Goes to the next entry after an EntryError.
  virtual void recover() {}

  /// A pair that was read at a place of the file.
  void offer(TextPair pair, const std::string& where);
  /// The same for a text and its translation, which are turned as is asked for.
  void offer(TextPair pair, const std::string& where, const LanguageDirection& direction);
  /// So many pairs of languages that are not asked for, or not known.
  void skip_others(const LanguageDirection& direction, const std::string& where, Index count = 1);
  /// A pair that is not given out, counted by kind.
  void skip(Index ReadReport::*kind, Index count = 1);
  /// Pairs of a translation that its file does not call finished: by state="new", say.
  void skip_draft(std::string_view status, Index count = 1);

  const ReadOptions& options() const { return options_; }
  ReadReport& report() { return report_; }

 private:
  struct Ready {
    TextPair pair;
    std::string where;
  };

  void note_target(const std::string& language);

  ReadOptions options_;
  ReadReport& report_;
  std::deque<Ready> ready_;
  std::string where_;
  std::string noted_;  // the target language that the report was last told
};

}  // namespace heed
