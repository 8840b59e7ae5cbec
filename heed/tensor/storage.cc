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

}  // namespace

std::shared_ptr<Storage> Storage::pooled(std::size_t bytes) {
  const auto [data, block] = pool().take(bytes);
  return std::make_shared<Storage>(Key{}, data, bytes, block, nullptr);
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
