#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "heed/ngram/ngram_counter.h"

namespace heed {

/// A Markov chain's transition table: how probable each word is after the last `order` words. Sparse: only
/// what occurs is there.
class TransitionTable {
 public:
  struct Transition {
    WordId word = 0;
    double weight = 0, probability = 0;
  };

  /// `counted` up to the table's order + 1.
  explicit TransitionTable(CountedNgrams counted);

  Index order() const { return counted_.order() - 1; }
  const Vocabulary& vocabulary() const { return counted_.vocabulary; }

  /// What follows a context, by the words' spelling; nothing where nothing does.
  std::vector<Transition> row(std::span<const WordId> context) const;
  std::vector<Transition> row(std::string_view context) const;
  double probability(std::string_view context, std::string_view next) const;

  /// All contexts that occur, and all words, by their spelling. Marks are among them only if they were
  /// counted.
  std::vector<std::vector<WordId>> contexts() const;
  std::vector<WordId> words() const;

 private:
  CountedNgrams counted_;
};

/// The words of an n-gram with spaces between them.
std::string spelled(const Vocabulary& vocabulary, std::span<const WordId> words);

}  // namespace heed
