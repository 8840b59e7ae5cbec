#include "heed/ngram/fluency.h"

#include <cmath>
#include <limits>
#include <numbers>

#include "heed/ngram/words.h"

namespace heed {

std::vector<WordScore> score_words(const NgramModel& model, std::string_view sentence) {
  std::vector<WordScore> scores;
  NgramModel::Context context = model.sentence_start();
  const auto score = [&](WordId word) {
    const NgramModel::Prediction prediction = model.advance(context, word);
    scores.push_back({word,
                      prediction.possible
                          ? static_cast<double>(prediction.log10_probability) * std::numbers::ln10
                          : -std::numeric_limits<double>::infinity(),
                      prediction.order});
  };
  for_each_word(sentence, [&](std::string_view word) {
    const WordId id = model.vocabulary().find_or_unknown(word);
    score(id == Vocabulary::begin || id == Vocabulary::end ? Vocabulary::unknown : id);
  });
  score(Vocabulary::end);
  return scores;
}

void FluencyScore::add(const FluencyScore& other) {
  log_probability += other.log_probability;
  known_log_probability += other.known_log_probability;
  words += other.words;
  sentences += other.sentences;
  unknown += other.unknown;
  impossible += other.impossible;
}

double FluencyScore::perplexity() const { return std::exp(-per_word()); }

double FluencyScore::perplexity_of_known() const {
  return std::exp(-known_log_probability / static_cast<double>(predictions() - unknown));
}

FluencyScore fluency(const NgramModel& model, std::string_view sentence) {
  FluencyScore score;
  score.sentences = 1;
  for (const WordScore& word : score_words(model, sentence)) {
    if (word.word != Vocabulary::end) ++score.words;
    if (word.word == Vocabulary::unknown) ++score.unknown;
    if (std::isinf(word.log_probability)) ++score.impossible;
    score.log_probability += word.log_probability;
    if (word.word != Vocabulary::unknown) score.known_log_probability += word.log_probability;
  }
  return score;
}

}  // namespace heed
