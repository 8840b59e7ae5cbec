#include "heed/data/batch_stream.h"

#include <utility>

#include "heed/base/error.h"
#include "heed/base/pinning.h"

namespace heed {
namespace {

constexpr std::size_t ahead = 16;  // batches: some hundred KB, and time enough to plan the next epoch

}  // namespace

BatchStream::BatchStream(std::shared_ptr<const Dataset> dataset, const BatchOptions& options,
                         BatchPosition start)
    : dataset_(std::move(dataset)), options_(options), position_(start) {
  require<DataError>(dataset_ && dataset_->size() > 0, "batches: there are no examples to train on");
  require<DataError>(start.epoch >= 0 && start.batch >= 0, "batches: cannot start at batch ", start.batch,
                     " of epoch ", start.epoch);
  producer_ = std::thread([this, start] {
    try {
      unpin_thread();  // beside the threads that compute, not on top of one
      produce(start);
    } catch (...) {
      const std::lock_guard lock(mutex_);
      failure_ = std::current_exception();
      changed_.notify_all();
    }
  });
}

BatchStream::~BatchStream() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  producer_.join();
}

Batch BatchStream::next() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return !ready_.empty() || failure_; });
  if (ready_.empty()) std::rethrow_exception(failure_);
  Batch batch = std::move(ready_.front());
  ready_.pop_front();
  lock.unlock();
  changed_.notify_all();
  const bool last = batch.position.batch + 1 == batch.batches_in_epoch;
  position_ = last ? BatchPosition{batch.position.epoch + 1, 0}
                   : BatchPosition{batch.position.epoch, batch.position.batch + 1};
  return batch;
}

void BatchStream::produce(BatchPosition from) {
  for (;; from = {from.epoch + 1, 0}) {
    const BatchPlan plan = plan_epoch(*dataset_, from.epoch, options_);
    dataset_->forget();
    const auto batches = static_cast<Index>(plan.size());
    // A start at the very end is the start of the next epoch.
    require<DataError>(from.batch <= batches, "batches: epoch ", from.epoch, " has ", batches,
                       " batches, so that none of them is number ", from.batch,
                       "; have the corpus or batch_tokens changed since?");
    for (; from.batch < batches; ++from.batch) {
      Batch batch = make_batch(*dataset_, plan[static_cast<std::size_t>(from.batch)], from.epoch);
      batch.position = from;
      batch.batches_in_epoch = batches;
      if (!offer(std::move(batch))) return;
    }
  }
}

/// Puts a batch into the queue when there is room. False: nobody wants it any more.
bool BatchStream::offer(Batch batch) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return stopping_ || ready_.size() < ahead; });
  if (stopping_) return false;
  ready_.push_back(std::move(batch));
  lock.unlock();
  changed_.notify_all();
  return true;
}

}  // namespace heed
