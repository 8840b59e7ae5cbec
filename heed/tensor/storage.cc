#include "heed/tensor/storage.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <mutex>
#include <new>
#include <vector>

namespace heed {
namespace {

constexpr std::align_val_t alignment{64};

// Matrices walked along their columns touch a page a row: with pages of 4 KiB the processor is busy looking
// them up. Blocks that can hold pages of 2 MiB ask for such.
constexpr std::size_t huge_page = std::size_t{2} << 20;

std::byte* map_huge(std::size_t bytes) {
  const std::size_t length = bytes + huge_page;  // so that a multiple of huge_page lies within
  void* mapped = ::mmap(nullptr, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapped == MAP_FAILED) throw std::bad_alloc();
  auto* start = static_cast<std::byte*>(mapped);
  const std::size_t before = (huge_page - std::bit_cast<std::uintptr_t>(start) % huge_page) % huge_page;
  const std::size_t page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  const std::size_t used = (bytes + page - 1) / page * page;
  if (before > 0) ::munmap(start, before);
  ::munmap(start + before + used, length - before - used);
  ::madvise(start + before, used, MADV_HUGEPAGE);  // a wish: small pages do, too
  return start + before;
}

std::byte* allocate(std::size_t bytes) {
  return bytes >= huge_page ? map_huge(bytes) : static_cast<std::byte*>(::operator new(bytes, alignment));
}

void release(std::byte* block, std::size_t bytes) {
  if (bytes >= huge_page)
    ::munmap(block, bytes);
  else
    ::operator delete(block, alignment);
}

// Fresh pages cost more than the arithmetic done on them, so memory is kept by size class. Classes are a
// quarter of a power of two apart: at most 25 % of a block is wasted.
struct SizeClass {
  std::size_t index, bytes;
};

std::size_t bytes_of_class(std::size_t index) {
  const std::size_t power = std::size_t{1} << (index / 4);
  return power + (index % 4 + 1) * (power / 4);
}

SizeClass size_class(std::size_t bytes) {
  bytes = std::max<std::size_t>(bytes, 256);
  const std::size_t power = std::bit_width(bytes - 1) - 1;  // 2^power < bytes <= 2^(power + 1)
  const std::size_t quarter = std::size_t{1} << (power - 2);
  const std::size_t quarters = (bytes - (std::size_t{1} << power) + quarter - 1) / quarter;  // 1 to 4
  const std::size_t index = power * 4 + quarters - 1;
  return {index, bytes_of_class(index)};
}

// Where no block of the size is free, one of up to four times the size serves: what is decoded shrinks step
// by step, and each size would else get blocks of its own that nobody needs later.
constexpr std::size_t larger_classes = 8;

class Pool {
 public:
  struct Block {
    std::byte* data;
    std::size_t bytes;
  };

  Block take(std::size_t bytes) {
    const SizeClass wanted = size_class(bytes);
    {
      const std::lock_guard lock(mutex_);
      for (std::size_t index = wanted.index; index <= wanted.index + larger_classes; ++index) {
        auto& blocks = free_[index];
        if (blocks.empty()) continue;
        const Block block{blocks.back(), bytes_of_class(index)};
        blocks.pop_back();
        use_.free -= block.bytes;
        count(block.bytes);
        return block;
      }
    }
    const Block block{fresh(wanted.bytes), wanted.bytes};
    const std::lock_guard lock(mutex_);
    count(block.bytes);
    return block;
  }

  void give_back(const Block& block) {
    const std::lock_guard lock(mutex_);
    use_.in_use -= block.bytes;
    use_.free += block.bytes;
    free_[size_class(block.bytes).index].push_back(block.data);
  }

  void trim() {
    const std::lock_guard lock(mutex_);
    for (std::size_t index = 0; index < free_.size(); ++index) {
      for (std::byte* block : free_[index]) release(block, bytes_of_class(index));
      free_[index].clear();
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
      return allocate(bytes);
    } catch (const std::bad_alloc&) {
      trim();
      return allocate(bytes);
    }
  }

  void count(std::size_t taken) {
    use_.in_use += taken;
    use_.peak = std::max(use_.peak, use_.in_use);
  }

  std::mutex mutex_;
  std::array<std::vector<std::byte*>, 256 + larger_classes> free_;
  PoolUse use_;
};

// Never destroyed: tensors in static objects may outlive it otherwise.
Pool& pool() {
  static Pool& the_pool = *new Pool;
  return the_pool;
}

// Weights below 2 MB would lie in small pages each by itself; one after the other they share huge ones.
class LastingMemory {
 public:
  struct Piece {
    std::byte* data;
    std::shared_ptr<const void> owner;
  };

  Piece take(std::size_t bytes) {
    const std::size_t needed = (bytes + alignment_bytes - 1) / alignment_bytes * alignment_bytes;
    if (needed > block_bytes / 2) {
      const auto own = std::make_shared<Block>(needed);
      return {own->data, own};
    }
    const std::lock_guard lock(mutex_);
    auto block = block_.lock();
    if (!block || block->bytes - used_ < needed) {
      block = std::make_shared<Block>(block_bytes);
      block_ = block;
      used_ = 0;
    }
    std::byte* const data = block->data + used_;
    used_ += needed;
    return {data, std::move(block)};
  }

 private:
  struct Block {
    explicit Block(std::size_t size) : data(map_huge(size)), bytes(size) {}
    Block(const Block&) = delete;
    Block& operator=(const Block&) = delete;
    ~Block() { ::munmap(data, bytes); }

    std::byte* data;
    std::size_t bytes;
  };

  // The system gives memory where it is written to, so what stays free of a block costs nothing.
  static constexpr std::size_t block_bytes = std::size_t{64} << 20;
  static constexpr auto alignment_bytes = static_cast<std::size_t>(alignment);

  std::mutex mutex_;
  std::weak_ptr<Block> block_;  // goes back to the system with the last of its pieces
  std::size_t used_ = 0;
};

LastingMemory& lasting_memory() {
  static LastingMemory& the_memory = *new LastingMemory;
  return the_memory;
}

}  // namespace

std::shared_ptr<Storage> Storage::pooled(std::size_t bytes) {
  const auto [data, block] = pool().take(bytes);
  return std::make_shared<Storage>(Key{}, data, bytes, block, nullptr);
}

std::shared_ptr<Storage> Storage::lasting(std::size_t bytes) {
  auto [data, owner] = lasting_memory().take(bytes);
  return borrowed(data, bytes, std::move(owner));
}

std::shared_ptr<Storage> Storage::borrowed(std::byte* data, std::size_t bytes,
                                           std::shared_ptr<const void> owner) {
  return std::make_shared<Storage>(Key{}, data, bytes, 0, std::move(owner));
}

Storage::~Storage() {
  if (block_ > 0) pool().give_back({data_, block_});
}

std::size_t pool_block_bytes(std::size_t bytes) { return size_class(bytes).bytes; }

PoolUse pool_use() { return pool().use(); }
void trim_pool() { pool().trim(); }

}  // namespace heed
