#include "heed/data/shared_tokens.h"

#include <algorithm>
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace heed {
namespace {

constexpr Index at_once = 1 << 16;

/// The hash of the last so many numbers.
class RollingHash {
 public:
  explicit RollingHash(Index length) : last_(static_cast<std::size_t>(length)) {
    for (Index i = 0; i < length; ++i) power_ *= base;
  }

  void add(std::int32_t number) {
    const auto value = static_cast<std::uint64_t>(number) + 1;
    std::uint64_t& oldest = last_[static_cast<std::size_t>(seen_++) % last_.size()];
    hash_ = hash_ * base + value - oldest * power_;
    oldest = value;
  }
  bool full() const { return seen_ >= std::ssize(last_); }
  Index seen() const { return seen_; }
  std::uint64_t value() const { return hash_; }

 private:
  static constexpr std::uint64_t base = 0x9E3779B97F4A7C15;

  std::vector<std::uint64_t> last_;
  std::uint64_t hash_ = 0, power_ = 1;
  Index seen_ = 0;
};

/// Calls visit(hash) after each token of a range.
template <class Visit>
void roll(const TokenRange& range, Index run, const Visit& visit) {
  RollingHash hash(run);
  for (Index first = range.begin; first < range.end; first += at_once)
    for (const std::int32_t token : range.stream.tokens(first, std::min(at_once, range.end - first))) {
      hash.add(token);
      if (!visit(hash)) return;
    }
}

}  // namespace

Index tokens_shared_with(const TokenRange& text, const TokenRange& other, Index run) {
  run = std::min(run, text.end - text.begin);
  if (run <= 0) return 0;
  std::unordered_map<std::uint64_t, Index> missing;  // how many runs have a hash
  roll(text, run, [&](const RollingHash& hash) {
    if (hash.seen() % run == 0) ++missing[hash.value()];
    return true;
  });
  Index found = 0;
  roll(other, run, [&](const RollingHash& hash) {
    if (!hash.full()) return true;
    if (const auto at = missing.find(hash.value()); at != missing.end()) {
      found += at->second;
      missing.erase(at);
    }
    return !missing.empty();
  });
  return found * run;
}

}  // namespace heed
