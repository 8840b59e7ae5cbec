#pragma once
#include <cstdint>
#include <functional>
#include <future>
#include <limits>
#include <memory>
#include <vector>

#include "heed/serving/order.h"
#include "heed/serving/request_errors.h"
#include "heed/serving/waiting_texts.h"

namespace heed {

struct QueueOptions {
  Index workers = 1;  // threads that translate batches, each with parallel loops of its own
  Index threads = 1;  // of each worker's loops
  /// Tokens, about, that may wait. An order that is larger by itself is taken where nothing else waits.
  Index capacity = std::numeric_limits<Index>::max();
  RoundLimits rounds = {};
};

/// What a queue does and has done.
struct QueueFacts {
  Index waiting_texts = 0, waiting_tokens = 0, busy_workers = 0;
  std::uint64_t batches = 0, texts = 0, tokens = 0;  // that workers have translated
  std::uint64_t failed = 0;                          // texts with an error
  std::uint64_t hopeless = 0;                        // texts that waited until nobody needed them
  std::uint64_t refused = 0;                         // orders
  double tokens_per_second = 0;                      // of all workers together, of late; 0: not known yet
};

/// Texts of many callers, translated in batches by workers that all models share. A text's translation is the
/// same bytes whatever else is in the queue. An order holds its translator, so a model may be let go or
/// replaced while it is at work. Safe to be used by any thread.
class TranslationQueue {
 public:
  explicit TranslationQueue(const QueueOptions& options);
  /// As stop() does.
  ~TranslationQueue();
  TranslationQueue(const TranslationQueue&) = delete;
  TranslationQueue& operator=(const TranslationQueue&) = delete;

  /// Tells `tell` what became of each text, once each, in any order, from a worker's thread: it must be
  /// quick, and not throw. A text that cannot be translated fails alone. QueueFull if there is no room,
  /// DeadlinePassed if the deadline would pass in the queue: then nothing was taken and nothing is told.
  void submit(Order order, std::function<void(std::size_t text, Outcome outcome)> tell);

  /// The translations of all texts, in their order; the first error of a text is the future's.
  std::future<std::vector<TranslatedLine>> submit(Order order);

  /// Has a worker do something else, by itself, with its threads: `work` gets nothing where it is to run, or
  /// else why it never will. What it throws comes back to it: then it must not throw. It counts as so many
  /// tokens, and is refused as texts are.
  void run(Index tokens, const Patience& patience, std::function<void(std::exception_ptr)> work);

  /// Takes no more, and waits until all is done or the time has come. Whether all is.
  bool drain(ServingClock::time_point until);
  /// Takes no more, and ends after the batches that workers have in hand; what waits is told ShuttingDown. By
  /// one thread.
  void stop();

  QueueFacts facts() const;

 private:
  class Work;
  std::unique_ptr<Work> work_;
};

}  // namespace heed
