#include "heed/tensor/storage.h"

#include <algorithm>
#include <array>
#include <bit>
#include <mutex>
#include <new>
#include <vector>

namespace heed {
namespace {

constexpr std::align_val_t alignment{64};

// Fresh pages cost more than the arithmetic done on them, so memory is kept by size class. Classes are a
// quarter of a power of two apart: at most 25 % of a block is wasted.
struct SizeClass {
  std::size_t index, bytes;
};

SizeClass size_class(std::size_t bytes) {
  bytes = std::max<std::size_t>(bytes, 256);
  const std::size_t power = std::bit_width(bytes - 1) - 1;  // 2^power < bytes <= 2^(power + 1)
  const std::size_t quarter = std::size_t{1} << (power - 2);
  const std::size_t quarters = (bytes - (std::size_t{1} << power) + quarter - 1) / quarter;  // 1 to 4
  return {power * 4 + quarters - 1, (std::size_t{1} << power) + quarters * quarter};
}

class Pool {
 public:
  std::byte* take(std::size_t bytes) {
    const SizeClass wanted = size_class(bytes);
    {
      const std::lock_guard lock(mutex_);
      auto& blocks = free_[wanted.index];
      if (!blocks.empty()) {
        std::byte* block = blocks.back();
        blocks.pop_back();
        use_.free -= wanted.bytes;
        count(wanted.bytes);
        return block;
      }
    }
    std::byte* block = fresh(wanted.bytes);
    const std::lock_guard lock(mutex_);
    count(wanted.bytes);
    return block;
  }

  void give_back(std::byte* block, std::size_t bytes) {
    const SizeClass had = size_class(bytes);
    const std::lock_guard lock(mutex_);
    use_.in_use -= had.bytes;
    use_.free += had.bytes;
    free_[had.index].push_back(block);
  }

  void trim() {
    const std::lock_guard lock(mutex_);
    for (auto& blocks : free_) {
      for (std::byte* block : blocks) ::operator delete(block, alignment);
      blocks.clear();
    }
    use_.free = 0;
  }

  PoolUse use() {
    const std::lock_guard lock(mutex_);
    return use_;
  }

 private:
  /// Memory from the system; if it has none left, after giving back what is free here.
  std::byte* fresh(std::size_t bytes) {
    try {
      return static_cast<std::byte*>(::operator new(bytes, alignment));
    } catch (const std::bad_alloc&) {
      trim();
      return static_cast<std::byte*>(::operator new(bytes, alignment));
    }
  }

  void count(std::size_t taken) {
    use_.in_use += taken;
    use_.peak = std::max(use_.peak, use_.in_use);
  }

  std::mutex mutex_;
  std::array<std::vector<std::byte*>, 256> free_;
  PoolUse use_;
};

// Never destroyed: tensors in static objects may outlive it otherwise.
Pool& pool() {
  static Pool& the_pool = *new Pool;
  return the_pool;
}

}  // namespace

std::shared_ptr<Storage> Storage::pooled(std::size_t bytes) {
  return std::shared_ptr<Storage>(new Storage(pool().take(bytes), bytes, true, nullptr));
}

std::shared_ptr<Storage> Storage::borrowed(std::byte* data, std::size_t bytes,
                                           std::shared_ptr<const void> owner) {
  return std::shared_ptr<Storage>(new Storage(data, bytes, false, std::move(owner)));
}

Storage::~Storage() {
  if (pooled_) pool().give_back(data_, bytes_);
}

PoolUse pool_use() { return pool().use(); }
void trim_pool() { pool().trim(); }

}  // namespace heed
