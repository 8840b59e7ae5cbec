#include "heed/lesson/skips/skip_table.h"

#include <algorithm>
#include <cmath>

#include "heed/base/error.h"
#include "heed/ngram/words.h"

namespace heed {
namespace {

std::uint64_t key_of(const WordPair& pair) { return std::uint64_t{pair.recent} << 32 | pair.earlier; }

}  // namespace

void SuccessorTable::add(std::uint64_t key, WordId word, double weight) {
  constexpr std::size_t at_least = 1 << 16;
  added_.push_back({key, {word, weight}});
  if (added_.size() >= std::max(at_least, successors_.size())) settle();
}

void SuccessorTable::settle() {
  const auto less = [](const Entry& a, const Entry& b) {
    return a.key != b.key ? a.key < b.key : a.next.word < b.next.word;
  };
  std::stable_sort(added_.begin(), added_.end(), less);  // sums in the order of the text
  std::vector<std::uint64_t> keys;
  std::vector<std::size_t> begins;
  std::vector<Successor> successors;
  const auto append = [&](const Entry& entry) {
    if (keys.empty() || keys.back() != entry.key) {
      keys.push_back(entry.key);
      begins.push_back(successors.size());
    } else if (successors.back().word == entry.next.word) {
      successors.back().weight += entry.next.weight;
      return;
    }
    successors.push_back(entry.next);
  };
  auto fresh = added_.begin();
  for (std::size_t k = 0; k < keys_.size(); ++k)
    for (std::size_t i = begins_[k]; i < begins_[k + 1]; ++i) {
      const Entry old{keys_[k], successors_[i]};
      while (fresh != added_.end() && less(*fresh, old)) append(*fresh++);
      append(old);
    }
  std::for_each(fresh, added_.end(), append);
  begins.push_back(successors.size());
  keys_ = std::move(keys);
  begins_ = std::move(begins);
  successors_ = std::move(successors);
  added_.clear();
}

std::span<const Successor> SuccessorTable::at(std::uint64_t key) const {
  const auto found = std::lower_bound(keys_.begin(), keys_.end(), key);
  if (found == keys_.end() || *found != key) return {};
  const auto k = static_cast<std::size_t>(found - keys_.begin());
  return std::span(successors_).subspan(begins_[k], begins_[k + 1] - begins_[k]);
}

Index SuccessorTable::bytes() const {
  return static_cast<Index>(keys_.capacity() * sizeof(std::uint64_t) +
                            begins_.capacity() * sizeof(std::size_t) +
                            successors_.capacity() * sizeof(Successor) + added_.capacity() * sizeof(Entry));
}

SkipTable::SkipTable(Index reach) : reach_(reach) {
  require<ConfigError>(reach >= 0, "skips: a reach of ", reach, " words; expected 0 (any) or more");
}

void SkipTable::add(std::string_view sentence, double weight) {
  require<DataError>(std::isfinite(weight) && weight > 0, "a sentence of weight ", weight,
                     "; weights are numbers above 0");
  std::vector<WordId> words;
  for_each_word(sentence, [&](std::string_view word) { words.push_back(vocabulary_.add(word)); });
  for (std::size_t next = 1; next < words.size(); ++next) {
    const std::size_t recent = next - 1, reach = static_cast<std::size_t>(reach_);
    singles_.add(words[recent], words[next], weight);
    for (std::size_t earlier = reach_ == 0 || recent < reach ? 0 : recent - reach; earlier < recent;
         ++earlier)
      pairs_.add(key_of({words[earlier], words[recent]}), words[next], weight);
  }
}

void SkipTable::settle() {
  singles_.settle();
  pairs_.settle();
}

std::span<const Successor> SkipTable::after(const WordPair& pair) const { return pairs_.at(key_of(pair)); }

std::vector<WordPair> SkipTable::pairs() const {
  std::vector<WordPair> pairs;
  for (const std::uint64_t key : pairs_.keys())
    pairs.push_back({static_cast<WordId>(key), static_cast<WordId>(key >> 32)});
  return pairs;
}

Index SkipTable::bytes() const { return vocabulary_.bytes() + singles_.bytes() + pairs_.bytes(); }

double total_weight(std::span<const Successor> successors) {
  double total = 0;
  for (const Successor& successor : successors) total += successor.weight;
  return total;
}

}  // namespace heed
