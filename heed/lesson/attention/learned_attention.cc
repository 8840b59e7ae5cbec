#include "heed/lesson/attention/learned_attention.h"

#include <cmath>

#include "heed/lesson/attention/one_hot.h"
#include "heed/ngram/words.h"
#include "heed/ops/arithmetic.h"
#include "heed/ops/linear.h"
#include "heed/ops/matmul.h"
#include "heed/ops/softmax.h"
#include "heed/optim/adam.h"

namespace heed {
namespace {

SkipTable counted(const std::vector<WeightedSentence>& sentences) {
  SkipTable table;
  for (const auto& [text, weight] : sentences) table.add(text, weight);
  table.settle();
  require<DataError>(!table.pairs().empty(),
                     "attention: no sentence has three words, so no pair of words has anything to predict");
  return table;
}

/// -log of the share that a word has of the votes [1, vocabulary].
Variable surprise(const Variable& votes, WordId word) {
  Backend& backend = votes.pass().backend();
  const float share = backend.number(votes.value().narrow(1, word, 1));
  const Tensor loss = backend.empty({1});
  backend.fill(loss, -std::log(share));
  return votes.pass().result(
      loss,
      [&backend, votes = votes.without_value(), word, share](const Tensor& dloss) {
        const Tensor dvotes = backend.zeros(votes.shape());
        backend.fill(dvotes.narrow(1, word, 1), -backend.number(dloss) / share);
        backend.accumulate(dvotes, 1, {}, votes.destination());
      },
      votes);
}

}  // namespace

LearnedAttention::LearnedAttention(Backend& backend, const std::vector<WeightedSentence>& sentences,
                                   const AttentionTraining& options)
    : backend_(&backend),
      table_(counted(sentences)),
      vocabulary_(table_.vocabulary().size()),
      transitions_(backend.from_host(transitions_of(table_))),
      random_(options.seed),
      store_(random_, ParameterStore::Purpose::training, Placement::on(backend)),
      // Queries of zeros look at all words alike.
      query_(ParameterScope(store_).parameter("query.weight", {options.width, vocabulary_}, zeros())),
      key_(ParameterScope(store_).parameter("key.weight", {options.width, vocabulary_}, normal(1))) {
  train(sentences, options);
}

LearnedAttention::Attended LearnedAttention::attend(Pass& pass, std::span<const WordId> words) const {
  const auto hot = [&](std::span<const WordId> some) {
    return pass.constant(backend_->from_host(one_hot(some, vocabulary_)));
  };
  const Variable recent = hot(words.last(1)), values = hot(words.first(words.size() - 1));
  const Variable q = ops::linear(recent, query_, {}), k = ops::linear(values, key_, {});
  const auto width = static_cast<float>(q.size(1));
  const Variable weights = ops::softmax(1 / std::sqrt(width) * ops::linear(q, k, {})),
                 context = ops::matmul(weights, values);
  const Tensor of_recent = transitions_.narrow(0, words.back(), 1).reshape({vocabulary_, vocabulary_});
  return {weights, ops::matmul(context, pass.constant(of_recent))};
}

void LearnedAttention::train(const std::vector<WeightedSentence>& sentences,
                             const AttentionTraining& options) {
  struct Example {
    std::vector<WordId> words;
    float weight;
  };
  std::vector<Example> examples;
  double predictions = 0;
  for (const auto& [text, weight] : sentences) {
    std::vector<WordId> words;
    for_each_word(text, [&](std::string_view word) { words.push_back(*vocabulary().find(word)); });
    if (words.size() < 3) continue;
    predictions += weight * static_cast<double>(words.size() - 2);
    examples.push_back({std::move(words), static_cast<float>(weight)});
  }
  Adam adam(*backend_, {query_, key_}, {});
  for (Index update = 0; update < options.updates; ++update) {
    double loss = 0;
    for (const auto& [words, weight] : examples)
      for (std::size_t next = 2; next < words.size(); ++next) {
        Pass pass =
            Pass::training(*backend_, {.seed = options.seed, .update = static_cast<std::uint32_t>(update)});
        const Variable surprised = surprise(attend(pass, std::span(words).first(next)).votes, words[next]);
        loss += static_cast<double>(weight * backend_->number(surprised.value()));
        pass.backward(surprised, weight);
      }
    losses_.push_back(loss / predictions);
    adam.step({.learning_rate = options.learning_rate, .gradient_scale = 1 / predictions});
  }
}

LearnedAttention::View LearnedAttention::operator()(std::string_view text) const {
  std::vector<WordId> words;
  for_each_word(text, [&](std::string_view word) {
    const auto id = vocabulary().find(word);
    require<DataError>(id.has_value(), "attention: the word '", word, "' is in none of the sentences");
    words.push_back(*id);
  });
  require<DataError>(words.size() >= 2, "attention: ", words.size(),
                     " words; a pair takes an earlier and a last one");
  Pass pass = Pass::inference(*backend_);
  const auto [weights, votes] = attend(pass, words);
  return {backend_->numbers(weights.value()), backend_->numbers(votes.value())};
}

}  // namespace heed
