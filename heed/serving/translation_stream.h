#pragma once
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "heed/service/translator.h"

namespace heed {

/// Where a stream's lines come from. Both are called by one thread of the stream's own.
struct LineSource {
  std::function<std::optional<std::string>()> next;  // the next line; nothing after the last
  /// Whether next() answers at once, if need be after waiting for so long.
  std::function<bool(std::chrono::milliseconds)> ready;
};

/// What becomes of a line that is not UTF-8.
enum class InvalidLines { refuse, skip };

struct StreamOptions {
  Index workers = 1;           // threads that translate batches, each with parallel loops of its own
  Index threads = 1;           // of each worker's loops
  Index lines_at_once = 2048;  // batches are formed by length from so many lines
  InvalidLines invalid = InvalidLines::refuse;
  Steering steering = {};  // of every line
};

/// A line's translation in a stream.
struct StreamedLine {
  Index number = 0;  // from 1
  TranslatedLine translation;
  std::string skipped;  // why it was not translated; empty: it was
};

/// Translates lines as they come, through a queue of its own, and gives them in their order. Lines are read
/// ahead while workers work; what is read but not yet given is bounded. A reader that waits hands on what
/// there is, so that somebody typing gets each answer at once, and from a large model with the threads of all
/// workers. The results are the same bytes whatever the workers, threads and lines at once.
class TranslationStream {
 public:
  /// The translator must outlive the stream.
  TranslationStream(const Translator& translator, LineSource source, const DecodingConfig& decoding,
                    const StreamOptions& options);
  /// Ends after the batches that workers have in hand.
  ~TranslationStream();
  TranslationStream(const TranslationStream&) = delete;
  TranslationStream& operator=(const TranslationStream&) = delete;

  /// The next line, nothing after the last. What is wrong with a line, or with reading it, is thrown in its
  /// turn, after all lines before it have been given; nothing comes after that.
  std::optional<StreamedLine> next();
  /// Whether next() would answer at once.
  bool ready() const;

 private:
  class Work;
  std::unique_ptr<Work> work_;
};

}  // namespace heed
