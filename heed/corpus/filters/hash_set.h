#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace heed {

/// A set of 64-bit hashes in 10 to 20 bytes each, for corpora of which the texts themselves would not fit
/// into memory. Among 50 million distinct texts, two share a hash with a chance of 1 in 15,000.
class HashSet {
 public:
  /// Whether the hash is new; it is in the set from now on.
  bool insert(std::uint64_t hash) {
    if (size_ * 5 >= slots_.size() * 4) grow();
    if (!place(slots_, stored(hash))) return false;
    ++size_;
    return true;
  }

  bool contains(std::uint64_t hash) const {
    if (slots_.empty()) return false;
    hash = stored(hash);
    for (std::size_t at = slot(hash, slots_.size());; at = (at + 1) & (slots_.size() - 1)) {
      if (slots_[at] == hash) return true;
      if (slots_[at] == 0) return false;
    }
  }

  std::size_t size() const { return size_; }

 private:
  // 0 marks a free slot.
  static std::uint64_t stored(std::uint64_t hash) { return hash == 0 ? 1 : hash; }
  static std::size_t slot(std::uint64_t hash, std::size_t slots) {
    return static_cast<std::size_t>((hash * 0x9E3779B97F4A7C15u) >> 20) & (slots - 1);
  }

  static bool place(std::vector<std::uint64_t>& slots, std::uint64_t hash) {
    for (std::size_t at = slot(hash, slots.size());; at = (at + 1) & (slots.size() - 1)) {
      if (slots[at] == hash) return false;
      if (slots[at] != 0) continue;
      slots[at] = hash;
      return true;
    }
  }

  void grow() {
    std::vector<std::uint64_t> larger(slots_.empty() ? 1024 : 2 * slots_.size());
    for (const std::uint64_t hash : slots_)
      if (hash != 0) place(larger, hash);
    slots_ = std::move(larger);
  }

  std::vector<std::uint64_t> slots_;
  std::size_t size_ = 0;
};

}  // namespace heed
