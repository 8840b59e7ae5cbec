#pragma once
#include <compare>
#include <span>
#include <string_view>
#include <vector>

#include "heed/ngram/vocabulary.h"

namespace heed {

/// A feature of the words so far: one of them, and the last.
struct WordPair {
  WordId earlier = 0, recent = 0;
  auto operator<=>(const WordPair&) const = default;
};

/// What followed something, and how often.
struct Successor {
  WordId word = 0;
  double weight = 0;
};

/// Lists of successors under 64-bit keys, in sorted arrays. Grows by what is collected beside it and sorted
/// in when that has become as long.
class SuccessorTable {
 public:
  void add(std::uint64_t key, WordId word, double weight);
  /// Sorts in what was added. Lists can be read from then on.
  void settle();

  /// By the words' ids; empty for an unknown key.
  std::span<const Successor> at(std::uint64_t key) const;
  const std::vector<std::uint64_t>& keys() const { return keys_; }
  Index bytes() const;

 private:
  struct Entry {
    std::uint64_t key;
    Successor next;
  };

  std::vector<std::uint64_t> keys_;
  std::vector<std::size_t> begins_{0};  // of each key's successors, and where the last ones end
  std::vector<Successor> successors_;
  std::vector<Entry> added_;
};

/// The second-order sequence model with skips: what followed each pair of a word and any earlier one of the
/// sentence. A word that stands there twice counts twice.
class SkipTable {
 public:
  /// Pairs at most `reach` words apart; 0: any distance. Sentences are then quadratic work.
  explicit SkipTable(Index reach = 0);

  /// As NgramCounter::add.
  void add(std::string_view sentence, double weight = 1);
  /// After the last sentence: what follows can then be asked for.
  void settle();

  const Vocabulary& vocabulary() const { return vocabulary_; }
  Index reach() const { return reach_; }
  Index bytes() const;

  std::span<const Successor> after(const WordPair& pair) const;
  /// What followed a word, whatever was before: the first-order model.
  std::span<const Successor> after(WordId recent) const { return singles_.at(recent); }
  /// All pairs that something followed.
  std::vector<WordPair> pairs() const;

 private:
  Index reach_;
  Vocabulary vocabulary_;
  SuccessorTable singles_, pairs_;
};

/// All weights of a list together.
double total_weight(std::span<const Successor> successors);

}  // namespace heed
