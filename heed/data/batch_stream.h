#pragma once
#include <condition_variable>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <thread>

#include "heed/data/batches.h"

namespace heed {

/// Batches without end, epoch after epoch, put together ahead of time by a thread of its own. Started at a
/// position, it gives the batches that an unbroken run would have given from there on.
class BatchStream {
 public:
  BatchStream(std::shared_ptr<const Dataset> dataset, const BatchOptions& options, BatchPosition start = {});
  ~BatchStream();
  BatchStream(const BatchStream&) = delete;
  BatchStream& operator=(const BatchStream&) = delete;

  /// The next batch; waits for it if need be. Throws what went wrong while it was put together.
  Batch next();
  /// Of the batch that next() gives next: what a run has to remember to go on from here.
  BatchPosition position() const { return position_; }

 private:
  void produce(BatchPosition from);
  bool offer(Batch batch);

  std::shared_ptr<const Dataset> dataset_;
  BatchOptions options_;
  BatchPosition position_;

  std::mutex mutex_;  // of what follows
  std::condition_variable changed_;
  std::deque<Batch> ready_;
  std::exception_ptr failure_;
  bool stopping_ = false;
  std::thread producer_;  // last: it starts when all else is there
};

}  // namespace heed
