#include "heed/serving/translation_queue.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <numeric>
#include <thread>

#include "heed/base/parallel.h"
#include "heed/base/pinning.h"

namespace heed {
namespace {

using Batch = std::vector<WaitingText>;

/// What a worker does next.
struct Task {
  Batch batch;
  bool alone = false;  // no other worker has anything to do, and the batch is one text
  bool done = false;   // there will be nothing more
};

// A worker's speed is an average over about so many batches.
constexpr double batches_remembered = 16;

void tell(const WaitingText& text, Outcome outcome) {
  if (text.from->work)
    text.from->work(outcome.error);
  else
    text.from->tell(text.text, std::move(outcome));
}

template <class E>
void tell_error(const Batch& batch, const char* what) {
  for (const WaitingText& text : batch)
    tell(text, {.translation = {}, .error = std::make_exception_ptr(E(what))});
}

/// Why nobody needs these any more.
void tell_hopeless(const Batch& batch) {
  for (const WaitingText& text : batch) {
    const bool gone = text.from->order.patience.gone.stop_requested();
    tell(text, {.translation = {},
                .error = gone ? std::make_exception_ptr(RequestCancelled("the request was cancelled"))
                              : std::make_exception_ptr(DeadlinePassed(
                                    "the request waited for longer than its answer is of use"))});
  }
}

}  // namespace

class TranslationQueue::Work {
 public:
  explicit Work(const QueueOptions& options) : options_(options), waiting_(options.rounds) {
    try {
      for (Index worker = 0; worker < options_.workers; ++worker)
        threads_.emplace_back([this, worker] { work(worker); });
    } catch (...) {  // the system has no more threads
      stop();
      throw;
    }
  }
  ~Work() { stop(); }

  void stop() {
    {
      const std::lock_guard lock(mutex_);
      closed_ = stopped_ = true;
    }
    for_workers_.notify_all();
    for (std::thread& thread : threads_)
      if (thread.joinable()) thread.join();
    Batch left;
    {
      const std::lock_guard lock(mutex_);
      left = waiting_.take_all();
    }
    tell_error<ShuttingDown>(left, "the program is about to end");
  }

  void add(std::shared_ptr<TakenOrder> order, const std::vector<Index>& tokens) {
    if (tokens.empty()) return;
    const Index total = std::accumulate(tokens.begin(), tokens.end(), Index{0});
    Batch hopeless;
    try {
      const std::lock_guard lock(mutex_);
      require<ShuttingDown>(!closed_, "the program is about to end");
      if (waiting_.tokens() + total > options_.capacity) hopeless = take_hopeless();
      require_room(total);
      require_in_time(order->order.patience, tokens.front());
      if (order->order.patience.deadline || order->order.patience.gone.stop_possible()) mortal_ = true;
      waiting_.add(order, tokens);
    } catch (...) {
      tell_hopeless(hopeless);
      throw;
    }
    tell_hopeless(hopeless);
    for_workers_.notify_all();
  }

  bool drain(ServingClock::time_point until) {
    std::unique_lock lock(mutex_);
    closed_ = true;
    return for_drain_.wait_until(lock, until, [&] { return waiting_.empty() && facts_.busy_workers == 0; });
  }

  QueueFacts facts() const {
    const std::lock_guard lock(mutex_);
    QueueFacts facts = facts_;
    facts.waiting_texts = waiting_.texts(), facts.waiting_tokens = waiting_.tokens();
    facts.tokens_per_second = tokens_per_second();
    return facts;
  }

 private:
  // What is called with the mutex held says so.

  /// With the mutex: of all workers; 0 if none has done anything yet.
  double tokens_per_second() const { return speed_ * static_cast<double>(options_.workers); }

  /// With the mutex.
  void require_room(Index tokens) {
    if (waiting_.empty() || waiting_.tokens() <= options_.capacity - tokens) return;
    ++facts_.refused;
    const double speed = tokens_per_second();
    const auto later = std::chrono::seconds(
        speed > 0
            ? std::clamp<long>(static_cast<long>(static_cast<double>(waiting_.tokens()) / speed) + 1, 1, 600)
            : 1);
    throw QueueFull(message("too much waits already: ", waiting_.texts(), " texts; try again in ",
                            later.count(), later.count() == 1 ? " second" : " seconds"),
                    later);
  }

  /// With the mutex: an answer that would come too late is refused before it costs anything.
  void require_in_time(const Patience& patience, Index tokens) {
    if (!patience.deadline) return;
    const auto now = ServingClock::now();
    const double left = std::chrono::duration<double>(*patience.deadline - now).count();
    const double speed = tokens_per_second();
    const auto before = static_cast<double>(waiting_.tokens_before(tokens));
    if (left > 0 && (speed == 0 || before / speed < left)) return;
    ++facts_.refused;
    if (left <= 0) throw DeadlinePassed("the request came after its own deadline");
    const auto later =
        std::chrono::seconds(std::clamp<long>(static_cast<long>(before / speed - left) + 1, 1, 600));
    throw QueueFull(message("what waits already takes longer than the request may; try again in ",
                            later.count(), later.count() == 1 ? " second" : " seconds"),
                    later);
  }

  /// With the mutex.
  Batch take_hopeless() {
    if (!mortal_) return {};
    if (waiting_.empty()) mortal_ = false;
    Batch hopeless = waiting_.take_hopeless(ServingClock::now());
    facts_.hopeless += hopeless.size();
    return hopeless;
  }

  // The workers.

  void work(Index worker) {
    set_thread_count(static_cast<int>(options_.threads));
    pin_threads(worker, options_.workers);
    // Nothing of a task outlives its turn: whoever ordered it may be gone while this worker waits.
    while (do_next(worker)) {
    }
  }

  /// Does what is to be done next; false if there will be nothing more.
  bool do_next(Index worker) {
    const Task task = take(worker);
    if (task.done) return false;
    if (task.batch.empty()) return true;  // all that waited was hopeless
    const auto begin = ServingClock::now();
    use_threads(threads_for(task));
    std::vector<Outcome> outcomes = outcomes_of(task.batch);
    // Counted before it is told: whoever has an answer finds it in the facts.
    count(task.batch, outcomes, std::chrono::duration<double>(ServingClock::now() - begin).count());
    if (!task.batch.front().from->work) {
      for (std::size_t i = 0; i < outcomes.size(); ++i) tell(task.batch[i], std::move(outcomes[i]));
    }
    note_idle();
    return true;
  }

  Index threads_for(const Task& task) const {
    const TakenOrder& first = *task.batch.front().from;
    if (!task.alone || first.work) return options_.threads;
    return std::max(options_.threads,
                    first.order.translator->threads_for_one(options_.threads * options_.workers));
  }

  /// The first worker's threads have the first processors, whether it has only these or all.
  static void use_threads(Index threads) {
    if (thread_count() == threads) return;
    set_thread_count(static_cast<int>(threads));
    pin_threads();
  }

  Task take(Index worker) {
    Task task;
    Batch hopeless;
    {
      std::unique_lock lock(mutex_);
      // Where all are idle, the first worker takes what comes alone: its threads and caches are warm.
      for_workers_.wait(lock, [&] {
        return stopped_ ||
               (!waiting_.empty() && (worker == 0 || facts_.busy_workers > 0 || waiting_.texts() > 1));
      });
      if (stopped_) return {.batch = {}, .done = true};
      hopeless = take_hopeless();
      task.batch = waiting_.take(options_.workers - facts_.busy_workers);
      task.alone = worker == 0 && facts_.busy_workers == 0 && waiting_.empty() && task.batch.size() == 1;
      if (!task.batch.empty()) ++facts_.busy_workers;
      if (waiting_.empty() && facts_.busy_workers == 0) for_drain_.notify_all();
    }
    tell_hopeless(hopeless);
    return task;
  }

  void count(const Batch& batch, const std::vector<Outcome>& outcomes, double seconds) {
    const std::lock_guard lock(mutex_);
    for (const auto& outcome : outcomes) facts_.failed += outcome.error ? 1 : 0;
    if (batch.front().from->work) return;
    Index tokens = 0;
    for (const WaitingText& text : batch) tokens += text.tokens;
    ++facts_.batches;
    facts_.texts += batch.size(), facts_.tokens += static_cast<std::uint64_t>(tokens);
    const double speed = static_cast<double>(tokens) / std::max(seconds, 1e-6);
    speed_ = speed_ == 0 ? speed : speed_ + (speed - speed_) / batches_remembered;
  }

  void note_idle() {
    const std::lock_guard lock(mutex_);
    --facts_.busy_workers;
    if (waiting_.empty() && facts_.busy_workers == 0) for_drain_.notify_all();
  }

  /// Translates a batch, or does the work that it is. What is wrong with one text is not said of the others.
  static std::vector<Outcome> outcomes_of(const Batch& batch) {
    const TakenOrder& first = *batch.front().from;
    if (first.work) return outcome_of(first.work);
    std::vector<std::string> texts;
    std::vector<std::uint64_t> numbers;
    std::vector<Steering> steering;
    bool steered = false;
    for (const WaitingText& text : batch) {
      const Order& order = text.from->order;
      texts.push_back(order.texts[text.text]);
      numbers.push_back(order.numbers.empty() ? std::uint64_t{text.text} : order.numbers[text.text]);
      steering.push_back(order.steering.empty() ? Steering{} : order.steering[text.text]);
      steered = steered || !steering.back().empty();
    }
    std::vector<Outcome> outcomes;
    try {
      const std::span<const Steering> steered_by(steering.data(), steered ? steering.size() : 0);
      for (TranslatedLine& line :
           first.order.translator->translate(texts, first.order.decoding, numbers, steered_by))
        outcomes.push_back({.translation = std::move(line), .error = nullptr});
    } catch (...) {
      if (batch.size() == 1) return {{.translation = {}, .error = std::current_exception()}};
      for (const WaitingText& text : batch) outcomes.push_back(std::move(outcomes_of({text}).front()));
    }
    return outcomes;
  }

  /// What such work throws comes back to it: it tells its caller itself.
  static std::vector<Outcome> outcome_of(const std::function<void(std::exception_ptr)>& work) {
    try {
      work(nullptr);
      return {Outcome{}};
    } catch (...) {
      work(std::current_exception());
      return {{.translation = {}, .error = std::current_exception()}};
    }
  }

  const QueueOptions options_;
  mutable std::mutex mutex_;  // guards all below but the threads
  std::condition_variable for_workers_, for_drain_;
  WaitingTexts waiting_;
  QueueFacts facts_;
  double speed_ = 0;     // of one worker, in tokens per second
  bool mortal_ = false;  // some of what waits may become hopeless
  bool closed_ = false, stopped_ = false;
  std::vector<std::thread> threads_;
};

TranslationQueue::TranslationQueue(const QueueOptions& options) : work_(std::make_unique<Work>(options)) {}
TranslationQueue::~TranslationQueue() = default;

void TranslationQueue::submit(Order order, std::function<void(std::size_t, Outcome)> tell) {
  require<DataError>(order.numbers.empty() || order.numbers.size() == order.texts.size(), "an order of ",
                     order.texts.size(), " texts has ", order.numbers.size(), " numbers");
  require<DataError>(order.steering.empty() || order.steering.size() == order.texts.size(), "an order of ",
                     order.texts.size(), " texts has ", order.steering.size(), " steerings");
  order.decoding = order.translator->with_batch_size(order.decoding);
  std::vector<Index> tokens;
  for (const std::string& text : order.texts) tokens.push_back(tokens_about(text.size()));
  auto taken = std::make_shared<TakenOrder>();
  taken->order = std::move(order), taken->tell = std::move(tell);
  work_->add(std::move(taken), tokens);
}

std::future<std::vector<TranslatedLine>> TranslationQueue::submit(Order order) {
  struct Gathered {
    std::promise<std::vector<TranslatedLine>> promise;
    std::mutex mutex;
    std::vector<TranslatedLine> lines;
    std::exception_ptr error;
    std::size_t open;
  };
  auto gathered = std::make_shared<Gathered>();
  gathered->open = order.texts.size();
  gathered->lines.resize(order.texts.size());
  auto future = gathered->promise.get_future();
  if (order.texts.empty()) gathered->promise.set_value({});
  submit(std::move(order), [gathered](std::size_t text, Outcome outcome) {
    {
      const std::lock_guard lock(gathered->mutex);
      if (outcome.error && !gathered->error) gathered->error = outcome.error;
      gathered->lines[text] = std::move(outcome.translation);
      if (--gathered->open > 0) return;
    }
    if (gathered->error)
      gathered->promise.set_exception(gathered->error);
    else
      gathered->promise.set_value(std::move(gathered->lines));
  });
  return future;
}

void TranslationQueue::run(Index tokens, const Patience& patience,
                           std::function<void(std::exception_ptr)> work) {
  auto taken = std::make_shared<TakenOrder>();
  taken->order.patience = patience, taken->work = std::move(work);
  work_->add(std::move(taken), {tokens});
}

void TranslationQueue::stop() { work_->stop(); }
bool TranslationQueue::drain(ServingClock::time_point until) { return work_->drain(until); }
QueueFacts TranslationQueue::facts() const { return work_->facts(); }

}  // namespace heed
