#include "heed/serving/translation_stream.h"

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>

#include "heed/serving/translation_queue.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

// Lines that are read ahead and not yet given, in blocks of lines_at_once, and the text of one block.
constexpr std::size_t blocks_in_flight = 4, bytes_of_block = std::size_t{1} << 20;
// A reader that waits for input looks up so often whether anybody still wants lines.
constexpr std::chrono::milliseconds patience{50};

struct Line {
  StreamedLine result;
  std::size_t bytes = 0;
  std::exception_ptr error;
  bool done = false;
};

QueueOptions queue_options(const StreamOptions& options) {
  const Index tokens = tokens_about(bytes_of_block);
  return {.workers = options.workers,
          .threads = options.threads,
          .rounds = {.texts = options.lines_at_once, .tokens = tokens, .tokens_of_order = tokens}};
}

}  // namespace

class TranslationStream::Work {
 public:
  Work(const Translator& translator, LineSource source, const DecodingConfig& decoding,
       const StreamOptions& options)
      : translator_(std::shared_ptr<const Translator>{}, &translator),
        source_(std::move(source)),
        decoding_(decoding),
        options_(options),
        queue_(queue_options(options)),
        reader_([this] { read(); }) {}
  ~Work() {
    {
      const std::lock_guard lock(mutex_);
      stopped_ = true;
    }
    for_reader_.notify_all();
    reader_.join();
  }

  std::optional<StreamedLine> next() {
    std::unique_lock lock(mutex_);
    for_printer_.wait(lock, [&] { return ready_now(); });
    if (lines_.empty()) return std::nullopt;
    Line line = std::move(lines_.front());
    lines_.pop_front();
    bytes_ -= line.bytes;
    for_reader_.notify_one();
    if (line.error) std::rethrow_exception(line.error);
    return std::move(line.result);
  }

  bool ready() const {
    const std::lock_guard lock(mutex_);
    return ready_now();
  }

 private:
  // Everything that is called with the mutex held says so.

  /// With the mutex.
  bool ready_now() const { return lines_.empty() ? finished_ : lines_.front().done; }

  // The reader.

  void read() {
    std::exception_ptr error;
    try {
      while (wait_for_input()) {
        auto text = source_.next();
        if (!text || !append(std::move(*text))) break;
      }
    } catch (...) {
      error = std::current_exception();
    }
    hand_on();
    const std::lock_guard lock(mutex_);
    if (error) {
      lines_.emplace_back();
      lines_.back().error = error;
      lines_.back().done = true;
    }
    finished_ = true;
    for_printer_.notify_one();
  }

  /// Waits for room and for a line; false when the stream is given up.
  bool wait_for_input() {
    const auto full = [&] {
      const auto lines = static_cast<std::size_t>(options_.lines_at_once);
      return !lines_.empty() &&
             (lines_.size() / blocks_in_flight >= lines || bytes_ / blocks_in_flight >= bytes_of_block);
    };
    {
      std::unique_lock lock(mutex_);
      if (full()) {
        lock.unlock();
        hand_on();  // room comes of what is translated
        lock.lock();
      }
      for_reader_.wait(lock, [&] { return stopped_ || !full(); });
      if (stopped_) return false;
    }
    if (source_.ready(std::chrono::milliseconds(0))) return true;
    hand_on();
    while (!source_.ready(patience)) {
      const std::lock_guard lock(mutex_);
      if (stopped_) return false;
    }
    return true;
  }

  /// Adds a line; false if it is the last that can be read.
  bool append(std::string text) {
    std::string wrong;
    std::exception_ptr error;
    const Index number = ++read_;
    try {
      require_utf8(text, message("line ", number));
    } catch (const DataError& invalid) {
      if (options_.invalid == InvalidLines::skip)
        wrong = invalid.what();
      else
        error = std::current_exception();
    }
    {
      const std::lock_guard lock(mutex_);
      bytes_ += text.size();
      Line& line = lines_.emplace_back();
      line.bytes = text.size();
      line.error = error;
      line.result.number = number;
      if (error || !wrong.empty()) {
        line.result.translation.translations.resize(static_cast<std::size_t>(decoding_.n_best));
        line.result.skipped = std::move(wrong);
        line.done = true;
        for_printer_.notify_one();
        return !error;
      }
      block_.lines.push_back(&line);
    }
    block_.bytes += text.size();
    block_.numbers.push_back(static_cast<std::uint64_t>(number - 1));
    block_.texts.push_back(std::move(text));
    if (std::ssize(block_.lines) == options_.lines_at_once || block_.bytes >= bytes_of_block) hand_on();
    return true;
  }

  /// Gives the queue what has been read.
  void hand_on() {
    Block block = std::exchange(block_, {});
    if (block.lines.empty()) return;
    const auto tell = [this, lines = block.lines](std::size_t text, Outcome outcome) {
      Line& line = *lines[text];
      const std::lock_guard lock(mutex_);
      line.result.translation = std::move(outcome.translation);
      line.error = outcome.error;
      line.done = true;
      for_printer_.notify_one();
    };
    std::vector<Steering> steering(options_.steering.empty() ? 0 : block.texts.size(), options_.steering);
    try {
      queue_.submit({.translator = translator_,
                     .texts = std::move(block.texts),
                     .decoding = decoding_,
                     .numbers = std::move(block.numbers),
                     .steering = std::move(steering)},
                    tell);
    } catch (...) {
      for (std::size_t i = 0; i < block.lines.size(); ++i)
        tell(i, {.translation = {}, .error = std::current_exception()});
    }
  }

  /// Lines that no worker has heard of yet.
  struct Block {
    std::vector<Line*> lines;
    std::vector<std::string> texts;
    std::vector<std::uint64_t> numbers;
    std::size_t bytes = 0;
  };

  const std::shared_ptr<const Translator> translator_;
  const LineSource source_;
  const DecodingConfig decoding_;
  const StreamOptions options_;

  mutable std::mutex mutex_;  // guards the next five
  std::condition_variable for_reader_, for_printer_;
  std::deque<Line> lines_;  // read and not yet given
  std::size_t bytes_ = 0;   // of their text
  bool finished_ = false, stopped_ = false;
  Block block_;     // the reader's alone
  Index read_ = 0;  // likewise
  TranslationQueue queue_;
  std::thread reader_;
};

TranslationStream::TranslationStream(const Translator& translator, LineSource source,
                                     const DecodingConfig& decoding, const StreamOptions& options)
    : work_(std::make_unique<Work>(translator, std::move(source), decoding, options)) {}
TranslationStream::~TranslationStream() = default;

std::optional<StreamedLine> TranslationStream::next() { return work_->next(); }
bool TranslationStream::ready() const { return work_->ready(); }

}  // namespace heed
