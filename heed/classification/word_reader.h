#pragma once
#include <span>
#include <string_view>
#include <vector>

#include "heed/data/examples.h"
#include "heed/ngram/vocabulary.h"

namespace heed {

/// Texts as the numbers of their words, in order. Words stand between white space; those that the vocabulary
/// lacks are all <unk>.
class WordReader {
 public:
  struct Options {
    bool lowercase = false;
    Index maximum_words = 512;  // of a text; those behind are not read
  };

  WordReader(Vocabulary words, const Options& options) : words_(std::move(words)), options_(options) {}

  std::vector<Index> operator()(std::string_view text) const;
  /// Texts as sources, each with EOS, so that none is empty. The target of each is its class.
  Examples examples(std::span<const std::string_view> texts, std::span<const Index> classes) const;

  const Vocabulary& words() const { return words_; }
  const Options& options() const { return options_; }

 private:
  Vocabulary words_;
  Options options_;
};

}  // namespace heed
