#pragma once
#include <cstddef>
#include <memory>

namespace heed {

/// Memory that tensors share, aligned to 64 bytes (a cache line, and the widest vector).
class Storage {
  struct Key {};  // keeps the constructor to this class

 public:
  Storage(Key, std::byte* data, std::size_t bytes, std::size_t block, std::shared_ptr<const void> owner)
      : data_(data), bytes_(bytes), block_(block), owner_(std::move(owner)) {}
  /// Memory from the pool, with any content; it goes back when the last handle dies.
  static std::shared_ptr<Storage> pooled(std::size_t bytes);
  /// Memory for what lives as long as a model, with any content: pieces of large blocks, one after the other,
  /// none larger than it need be. The system has a block back when the last of its pieces dies.
  static std::shared_ptr<Storage> lasting(std::size_t bytes);
  /// Memory that somebody else owns (a mapped file, say); `owner` lives as long as the storage does. Null:
  /// the memory outlives the storage anyway.
  static std::shared_ptr<Storage> borrowed(std::byte* data, std::size_t bytes,
                                           std::shared_ptr<const void> owner);

  ~Storage();
  Storage(const Storage&) = delete;
  Storage& operator=(const Storage&) = delete;

  std::byte* data() const { return data_; }
  std::size_t bytes() const { return bytes_; }

 private:
  std::byte* data_;
  std::size_t bytes_;
  std::size_t block_;  // bytes of the pool's block; 0: not from the pool
  std::shared_ptr<const void> owner_;
};

/// What the pool holds, in bytes.
struct PoolUse {
  std::size_t in_use = 0, free = 0, peak = 0;
};
PoolUse pool_use();

/// What the pool takes to hold so many bytes: its blocks have sizes of their own, up to a quarter more.
std::size_t pool_block_bytes(std::size_t bytes);

/// Gives the pool's free memory back to the system.
void trim_pool();

}  // namespace heed
