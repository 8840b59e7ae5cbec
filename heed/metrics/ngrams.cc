#include "heed/metrics/ngrams.h"

#include <algorithm>
#include <numeric>
#include <unordered_map>

namespace heed {
namespace {

/// Hands out 0, 1, ... to keys as they first appear.
template <class Key>
class Numbering {
 public:
  explicit Numbering(std::size_t expected) { numbers_.reserve(expected); }
  Token operator()(const Key& key) {
    return numbers_.try_emplace(key, static_cast<Token>(numbers_.size())).first->second;
  }
  std::size_t size() const { return numbers_.size(); }

 private:
  std::unordered_map<Key, Token> numbers_;
};

template <class Sequences>
std::size_t total_length(const Sequences& sequences) {
  std::size_t length = 0;
  for (const auto& sequence : sequences) length += sequence.size();
  return length;
}

// An n-gram is the number of the (n-1)-gram it starts with, and the token it ends with.
std::uint64_t pair(Token start, Token last) {
  return std::uint64_t{static_cast<std::uint32_t>(start)} << 32 | static_cast<std::uint32_t>(last);
}

}  // namespace

std::vector<std::vector<Token>> number_words(std::span<const std::vector<std::string_view>> sequences) {
  Numbering<std::string_view> number(total_length(sequences));
  std::vector<std::vector<Token>> numbered;
  numbered.reserve(sequences.size());
  for (const auto& sequence : sequences) {
    std::vector<Token>& tokens = numbered.emplace_back();
    tokens.reserve(sequence.size());
    for (std::string_view word : sequence) tokens.push_back(number(word));
  }
  return numbered;
}

std::vector<NgramCounts> count_ngrams(const std::vector<std::vector<Token>>& sequences, Index orders) {
  std::vector<NgramCounts> counts;
  std::vector<std::vector<Token>> ngrams(sequences.size());  // by position, of the order before
  for (std::size_t s = 0; s < sequences.size(); ++s) ngrams[s].assign(sequences[s].size() + 1, 0);
  for (Index order = 1; order <= orders; ++order) {
    Numbering<std::uint64_t> number(total_length(sequences));
    for (std::size_t s = 0; s < sequences.size(); ++s) {
      if (!ngrams[s].empty()) ngrams[s].pop_back();
      const std::size_t ahead = static_cast<std::size_t>(order) - 1;
      for (std::size_t i = 0; i < ngrams[s].size(); ++i)
        ngrams[s][i] = number(pair(ngrams[s][i], sequences[s][i + ahead]));
    }
    NgramCounts& of_order = counts.emplace_back();
    for (const auto& sequence : ngrams) {
      of_order.emplace_back(number.size(), 0);
      for (Token ngram : sequence) ++of_order.back()[static_cast<std::size_t>(ngram)];
    }
  }
  return counts;
}

Index count_matches(std::span<const std::int32_t> left, std::span<const std::int32_t> right) {
  return std::transform_reduce(left.begin(), left.end(), right.begin(), Index{0}, std::plus<>(),
                               [](std::int32_t a, std::int32_t b) { return std::min(a, b); });
}

Index count_all(std::span<const std::int32_t> counts) {
  return std::reduce(counts.begin(), counts.end(), Index{0});
}

}  // namespace heed
