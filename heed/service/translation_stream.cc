#include "heed/service/translation_stream.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>

#include "heed/base/parallel.h"
#include "heed/base/pinning.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

// Lines that are read ahead and not yet given, in blocks of lines_at_once, and the text of one block.
constexpr std::size_t blocks_in_flight = 4, bytes_of_block = std::size_t{1} << 20;
// A reader that waits for input looks up so often whether anybody still wants lines.
constexpr std::chrono::milliseconds patience{50};

/// A guess that needs no tokenizer: batches are formed before workers tokenize them.
Index tokens_about(std::string_view text) { return static_cast<Index>(text.size()) / 4 + 1; }

struct Line {
  std::string text;
  StreamedLine result;
  std::exception_ptr error;
  bool done = false;
};

/// Lines that one worker translates together.
using Group = std::vector<Line*>;

struct Task {
  Group lines;
  bool alone = false;  // no other worker has anything to do
};

/// The lines cut into groups of about one batch, longest lines first, as many for each worker.
std::vector<Group> groups_of(std::vector<Line*> lines, Index batch_tokens, Index workers) {
  std::stable_sort(lines.begin(), lines.end(),
                   [](const Line* a, const Line* b) { return a->text.size() > b->text.size(); });
  Index total = 0;
  for (const Line* line : lines) total += tokens_about(line->text);
  const Index batches = (total + batch_tokens - 1) / batch_tokens;
  const Index count = (batches + workers - 1) / workers * workers, share = total / std::max<Index>(count, 1);
  std::vector<Group> groups;
  Index filled = 0;
  for (Line* line : lines) {
    if (groups.empty() || filled >= share) groups.emplace_back(), filled = 0;
    groups.back().push_back(line);
    filled += tokens_about(line->text);
  }
  return groups;
}

}  // namespace

class TranslationStream::Work {
 public:
  Work(const Translator& translator, LineSource source, const DecodingConfig& decoding,
       const StreamOptions& options)
      : translator_(translator),
        source_(std::move(source)),
        decoding_(translator.with_batch_size(decoding)),
        options_(options) {
    try {
      threads_.emplace_back([this] { read(); });
      for (Index worker = 0; worker < options_.workers; ++worker)
        threads_.emplace_back([this, worker] { work(worker); });
    } catch (...) {  // the system has no more threads
      stop();
      throw;
    }
  }
  ~Work() { stop(); }

  std::optional<StreamedLine> next() {
    std::unique_lock lock(mutex_);
    for_printer_.wait(lock, [&] { return ready_now(); });
    if (lines_.empty()) return std::nullopt;
    Line line = std::move(lines_.front());
    lines_.pop_front();
    bytes_ -= line.text.size();
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

  void stop() {
    {
      const std::lock_guard lock(mutex_);
      stopped_ = true;
    }
    for_reader_.notify_all();
    for_workers_.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }

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
    const std::lock_guard lock(mutex_);
    if (error) {
      lines_.emplace_back();
      lines_.back().error = error;
      lines_.back().done = true;
    }
    finished_ = true;
    close_block();
    for_workers_.notify_all();
    for_printer_.notify_one();
  }

  /// Waits for room and for a line; false when the stream is given up.
  bool wait_for_input() {
    {
      std::unique_lock lock(mutex_);
      for_reader_.wait(lock, [&] {
        const auto lines = static_cast<std::size_t>(options_.lines_at_once);
        return stopped_ || lines_.empty() ||
               (lines_.size() / blocks_in_flight < lines && bytes_ / blocks_in_flight < bytes_of_block);
      });
      if (stopped_) return false;
    }
    if (source_.ready(std::chrono::milliseconds(0))) return true;
    set_waiting(true);
    while (!source_.ready(patience)) {
      const std::lock_guard lock(mutex_);
      if (stopped_) return false;
    }
    set_waiting(false);
    return true;
  }

  void set_waiting(bool waiting) {
    {
      const std::lock_guard lock(mutex_);
      waiting_ = waiting;
    }
    if (waiting) for_workers_.notify_all();
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
    const std::lock_guard lock(mutex_);
    bytes_ += text.size();
    open_bytes_ += text.size();
    Line& line = lines_.emplace_back();
    line.text = std::move(text);
    line.error = error;
    line.result.number = number;
    if (error || !wrong.empty()) {
      line.result.translation.translations.resize(static_cast<std::size_t>(decoding_.n_best));
      line.result.skipped = std::move(wrong);
      line.done = true;
      for_printer_.notify_one();
      return !error;
    }
    open_.push_back(&line);
    if (std::ssize(open_) == options_.lines_at_once || open_bytes_ >= bytes_of_block) close_block();
    return true;
  }

  /// With the mutex: hands what has been read to the workers.
  void close_block() {
    for (Group& group : groups_of(std::move(open_), decoding_.batch_tokens(), options_.workers))
      queue_.push_back(std::move(group));
    open_.clear();
    open_bytes_ = 0;
    for_workers_.notify_all();
  }

  // The workers.

  void work(Index worker) {
    set_thread_count(static_cast<int>(options_.threads));
    pin_threads(worker, options_.workers);
    const Index threads_alone =
        std::max(options_.threads, translator_.threads_for_one(options_.threads * options_.workers));
    for (Task task = take(worker); !task.lines.empty(); task = take(worker)) {
      use_threads(task.alone ? threads_alone : options_.threads);
      translate(task.lines);
      const std::lock_guard lock(mutex_);
      for (Line* line : task.lines) line->done = true;
      --busy_;
      for_printer_.notify_one();
      if (waiting_) for_workers_.notify_all();
    }
  }

  /// The first worker's threads have the first processors, whether it has only these or all.
  static void use_threads(Index threads) {
    if (thread_count() == threads) return;
    set_thread_count(static_cast<int>(threads));
    pin_threads();
  }

  /// What to do next; nothing when all is done.
  Task take(Index worker) {
    std::unique_lock lock(mutex_);
    // Where all are idle, the first worker takes what has been typed: its threads and caches are warm.
    const auto takes_open = [&] { return waiting_ && !open_.empty() && (busy_ > 0 || worker == 0); };
    for_workers_.wait(lock, [&] { return stopped_ || finished_ || !queue_.empty() || takes_open(); });
    if (stopped_) return {};
    if (queue_.empty() && takes_open()) close_block();
    if (queue_.empty()) return {};
    Task task{.lines = std::move(queue_.front()), .alone = false};
    queue_.pop_front();
    task.alone = worker == 0 && busy_ == 0 && queue_.empty() && waiting_;
    ++busy_;
    return task;
  }

  void translate(const Group& group) {
    std::vector<std::string> texts;
    std::vector<std::uint64_t> numbers;
    for (const Line* line : group) {
      texts.push_back(line->text);
      numbers.push_back(static_cast<std::uint64_t>(line->result.number - 1));
    }
    try {
      const std::vector<Steering> steering(options_.steering.empty() ? 0 : texts.size(), options_.steering);
      auto results = translator_.translate(texts, decoding_, numbers, steering);
      for (std::size_t i = 0; i < results.size(); ++i) group[i]->result.translation = std::move(results[i]);
    } catch (...) {
      if (group.size() == 1) {
        group.front()->error = std::current_exception();
        return;
      }
      // One by one: what is wrong with one line must not be said of those before it.
      for (Line* line : group) translate({line});
    }
  }

  const Translator& translator_;
  const LineSource source_;
  const DecodingConfig decoding_;
  const StreamOptions options_;

  mutable std::mutex mutex_;  // guards all below but the threads; a line in a group is its worker's
  std::condition_variable for_reader_, for_workers_, for_printer_;
  std::deque<Line> lines_;   // read and not yet given
  std::size_t bytes_ = 0;    // of their text
  std::vector<Line*> open_;  // of these, those that no group has yet
  std::size_t open_bytes_ = 0;
  std::deque<Group> queue_;
  Index busy_ = 0;        // workers
  bool waiting_ = false;  // the reader, for input
  bool finished_ = false, stopped_ = false;
  Index read_ = 0;  // the reader's alone
  std::vector<std::thread> threads_;
};

TranslationStream::TranslationStream(const Translator& translator, LineSource source,
                                     const DecodingConfig& decoding, const StreamOptions& options)
    : work_(std::make_unique<Work>(translator, std::move(source), decoding, options)) {}
TranslationStream::~TranslationStream() = default;

std::optional<StreamedLine> TranslationStream::next() { return work_->next(); }
bool TranslationStream::ready() const { return work_->ready(); }

}  // namespace heed
