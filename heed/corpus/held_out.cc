#include "heed/corpus/held_out.h"

#include <algorithm>
#include <cmath>

#include "heed/base/crc32.h"
#include "heed/base/crc32c.h"
#include "heed/base/random.h"
#include "heed/text/loose_form.h"

namespace heed {
namespace {

/// What a source draws: a number that any 64 bits are equally likely to be.
std::uint64_t draw(std::string_view source, std::uint64_t seed) {
  constexpr std::uint32_t purpose = 0x686F6C64;
  const std::u32string form = loose_form(source);
  const std::string_view bytes(reinterpret_cast<const char*>(form.data()), form.size() * sizeof(char32_t));
  const auto words = philox({static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)},
                            {crc32(bytes), crc32c(bytes), static_cast<std::uint32_t>(bytes.size()), purpose});
  return std::uint64_t{words[0]} << 32 | words[1];
}

/// The draws below this are such a share of all.
std::uint64_t bound(double share) {
  return share >= 1 ? ~std::uint64_t{0} : static_cast<std::uint64_t>(std::ldexp(share, 64));
}

}  // namespace

HeldOutRule HeldOutRule::of(std::span<const TextPair> pairs) {
  auto sources = std::make_shared<std::unordered_set<std::string>>();
  for (const TextPair& pair : pairs) sources->insert(pair.source);
  HeldOutRule rule;
  rule.sources = std::move(sources);
  return rule;
}

bool HeldOutRule::holds(const TextPair& pair, Index number) const {
  if (sources) return sources->contains(pair.source);
  return number == only || (below > 0 && draw(pair.source, seed) < below);
}

void HeldOutChoice::see(const TextPair& pair) {
  const std::uint64_t drawn = draw(pair.source, seed_);
  const Index number = seen_++;
  lowest_ = std::min(lowest_, drawn);
  highest_ = std::max(highest_, drawn);
  if (lowest_ == highest_) last_ = pair;
  if (drawn >= bound(largest_share()) && drawn > lowest_) return;
  candidates_.push_back({pair, drawn, number});
  if (candidates_.size() >= enough_) drop_hopeless();
}

/// The largest share that is held out if any number of pairs follows.
double HeldOutChoice::largest_share() const {
  const auto seen = static_cast<double>(seen_);
  return std::min(static_cast<double>(count_) / seen, std::max(0.1, 1 / seen));
}

void HeldOutChoice::drop_hopeless() {
  const std::uint64_t most = bound(largest_share());
  std::erase_if(candidates_, [&](const Candidate& one) { return one.draw >= most && one.draw > lowest_; });
  enough_ = std::max<std::size_t>(1024, 2 * candidates_.size());
}

HeldOutRule HeldOutChoice::rule() const {
  if (seen_ < 2 || count_ < 1) return {.seed = seed_};
  if (lowest_ == highest_) return {.seed = seed_, .only = seen_ - 1};
  const double count = static_cast<double>(std::min(count_, std::max<Index>(seen_ / 10, 1)));
  // A corpus of a few pairs may draw all or nothing.
  return {.seed = seed_,
          .below = std::clamp(bound(count / static_cast<double>(seen_)), lowest_ + 1, highest_)};
}

std::vector<TextPair> HeldOutChoice::take() {
  const HeldOutRule rule = this->rule();
  std::vector<TextPair> pairs;
  if (rule.only >= 0) {
    pairs.push_back(std::move(last_));
  } else {
    for (Candidate& candidate : candidates_)
      if (candidate.draw < rule.below) pairs.push_back(std::move(candidate.pair));
  }
  candidates_.clear();
  return pairs;
}

}  // namespace heed
