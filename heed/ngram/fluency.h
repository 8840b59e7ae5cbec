#pragma once
#include <string_view>
#include <vector>

#include "heed/ngram/ngram_model.h"

namespace heed {

/// What a model says about a word, or about the mark that ends the sentence.
struct WordScore {
  WordId word = Vocabulary::unknown;
  double log_probability = 0;  // in nats; minus infinity where it is impossible
  Index order = 0;             // of the n-gram that gave it
};

/// The words of a sentence and its end. Words that are marks or that the model does not know count as
/// unknown.
std::vector<WordScore> score_words(const NgramModel& model, std::string_view sentence);

/// How well a model predicts a sentence, or sentences together.
struct FluencyScore {
  double log_probability = 0;        // of all words and ends, in nats
  double known_log_probability = 0;  // of those but the unknown words
  Index words = 0, sentences = 0, unknown = 0, impossible = 0;

  void add(const FluencyScore& other);

  Index predictions() const { return words + sentences; }
  /// In nats a word, ends counted: the higher, the more it is like the text that the model has learnt from.
  double per_word() const { return log_probability / static_cast<double>(predictions()); }
  /// Infinite where something impossible happens.
  double perplexity() const;
  /// The same, unknown words left out but as context.
  double perplexity_of_known() const;
};

FluencyScore fluency(const NgramModel& model, std::string_view sentence);

}  // namespace heed
