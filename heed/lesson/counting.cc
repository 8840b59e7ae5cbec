#include "heed/lesson/counting.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "heed/lesson/attention/learned_attention.h"
#include "heed/lesson/attention/mask_attention.h"
#include "heed/lesson/attention/one_hot.h"
#include "heed/lesson/skips/votes.h"
#include "heed/lesson/table.h"
#include "heed/ngram/transition_table.h"
#include "heed/ngram/words.h"
#include "heed/ops/linear.h"
#include "heed/ops/matmul.h"

namespace heed {
namespace {

using nlohmann::json;
using Sentences = std::vector<WeightedSentence>;

const Sentences directories{
    {"show me my directories please", .2}, {"show me my files please", .3}, {"show me my photos please", .5}};
const Sentences battery{{"check whether the battery ran down please", .4},
                        {"check whether the program ran please", .6}};
const Sentences logs{{"check the program log and find out whether it ran please", 1},
                     {"check the battery log and find out whether it ran down please", 1}};
constexpr std::string_view so_far = "check the program log and find out whether it ran";

json sentences_json(const Sentences& sentences) {
  json list = json::array();
  for (const auto& [text, weight] : sentences) list.push_back({{"text", text}, {"weight", weight}});
  return list;
}

/// A Markov chain of some order as a matrix: contexts by words.
json chain(const Sentences& sentences, Index order) {
  NgramCounter counter(order + 1, SentenceMarks::none);
  for (const auto& [text, weight] : sentences) counter.add(text, weight);
  const TransitionTable table(std::move(counter).finish());
  const std::vector<WordId> words = table.words();
  Names rows, columns;
  std::vector<float> values;
  for (const WordId word : words) columns.emplace_back(table.vocabulary().word(word));
  for (const auto& context : table.contexts()) {
    rows.push_back(spelled(table.vocabulary(), context));
    const std::size_t begin = values.size();
    values.resize(begin + words.size());
    for (const auto& next : table.row(context)) {
      const auto column = std::find(words.begin(), words.end(), next.word) - words.begin();
      values[begin + static_cast<std::size_t>(column)] = static_cast<float>(next.probability);
    }
  }
  return table_json(rows, columns, values);
}

/// One-hot rows of a vocabulary, their dot products, and the row that one of them pulls out of a matrix.
json one_hot_lesson(Backend& backend, const json& chain) {
  const Names words = chain["columns"];
  const auto size = static_cast<Index>(words.size());
  std::vector<WordId> ids;
  for (Index i = 0; i < size; ++i) ids.push_back(static_cast<WordId>(i));
  const Tensor transitions({size, size});
  for (Index row = 0; row < size; ++row)
    for (Index column = 0; column < size; ++column)
      transitions.data()[row * size + column] =
          chain["values"][static_cast<std::size_t>(row)][static_cast<std::size_t>(column)];
  Pass pass = Pass::inference(backend);
  const Variable hot = pass.constant(backend.from_host(one_hot(ids, size)));
  return {
      {"one_hot", table_json(words, words, backend.numbers(hot.value()))},
      {"dot", table_json(words, words, backend.numbers(ops::linear(hot, hot, {}).value()))},
      {"pulled",
       table_json(words, words,
                  backend.numbers(ops::matmul(hot, pass.constant(backend.from_host(transitions))).value()))}};
}

json successors(const Vocabulary& vocabulary, std::span<const Successor> list) {
  json result = json::object();
  const double all = total_weight(list);
  for (const Successor& next : list)
    result[std::string(vocabulary.word(next.word))] = shown(next.weight / all);
  return result;
}

json tally(const Vocabulary& vocabulary, const Votes& votes) {
  json result = json::object();
  for (const Successor& next : votes.tally)
    result[std::string(vocabulary.word(next.word))] = shown(next.weight);
  return result;
}

std::vector<WordId> ids_of(const SkipTable& table, std::string_view text) {
  std::vector<WordId> ids;
  for_each_word(text,
                [&](std::string_view word) { ids.push_back(table.vocabulary().find_or_unknown(word)); });
  return ids;
}

/// What every pair votes for, what a mask leaves, and which mask counting finds.
json skips(const SkipTable& table, const std::vector<InformativePair>& informative) {
  const Vocabulary& vocabulary = table.vocabulary();
  const auto name = [&](WordId word) { return std::string(vocabulary.word(word)); };
  json pairs = json::array(), mask = json::array();
  for (const WordPair& pair : table.pairs())
    pairs.push_back({{"earlier", name(pair.earlier)},
                     {"recent", name(pair.recent)},
                     {"next", successors(vocabulary, table.after(pair))}});
  for (const InformativePair& one : informative)
    mask.push_back(
        {{"earlier", name(one.pair.earlier)}, {"recent", name(one.pair.recent)}, {"bits", shown(one.bits)}});
  const std::vector<WordId> words = ids_of(table, so_far);
  const PairMask shows = mask_of(informative);
  return {{"sentences", sentences_json(logs)},
          {"text", so_far},
          {"pairs", std::move(pairs)},
          {"mask", std::move(mask)},
          {"unmasked", tally(vocabulary, vote(table, words))},
          {"masked", tally(vocabulary, vote(table, words, &shows))}};
}

/// The words of a vocabulary by their spelling, its marks left out.
std::vector<WordId> spelling_order(const Vocabulary& vocabulary) {
  std::vector<WordId> order;
  for (auto id = WordId{Vocabulary::end + 1}; id < static_cast<WordId>(vocabulary.size()); ++id)
    order.push_back(id);
  std::sort(order.begin(), order.end(),
            [&](WordId a, WordId b) { return vocabulary.word(a) < vocabulary.word(b); });
  return order;
}

/// Rows over the whole vocabulary, a host tensor, with the columns of the words alone.
json over_words(const Names& rows, const Vocabulary& vocabulary, const Tensor& values) {
  Names columns;
  std::vector<float> kept;
  const std::vector<WordId> order = spelling_order(vocabulary);
  for (const WordId word : order) columns.emplace_back(vocabulary.word(word));
  for (Index row = 0; row < values.rows(); ++row)
    for (const WordId word : order) kept.push_back(values.data()[row * values.size(-1) + word]);
  return table_json(rows, columns, kept);
}

json products(Backend& backend, const SkipTable& table, const PairMask& mask) {
  const MaskAttention attention(table, mask);
  const MaskAttention::Steps steps = attention(backend, ids_of(table, so_far));
  const Vocabulary& vocabulary = table.vocabulary();
  Names words;
  for_each_word(so_far, [&](std::string_view word) { words.emplace_back(word); });
  const Names earlier(words.begin(), words.end() - 1);
  const std::vector<WordId> order = spelling_order(vocabulary);
  Names all;
  const Tensor keys({std::ssize(order), vocabulary.size()});
  for (std::size_t row = 0; row < order.size(); ++row) {
    all.emplace_back(vocabulary.word(order[row]));
    keys.narrow(0, static_cast<Index>(row), 1)
        .copy_elements_of(attention.transposed_keys().narrow(0, order[row], 1));
  }
  return {{"query", over_words({words.back()}, vocabulary, steps.query)},
          {"keys", over_words(all, vocabulary, keys)},
          {"mask", over_words({"mask"}, vocabulary, steps.mask)},
          {"values", over_words(earlier, vocabulary, steps.values)},
          {"scores", table_json({"score"}, earlier, steps.scores)},
          {"context", over_words({"context"}, vocabulary, steps.context)},
          {"votes", over_words({"votes"}, vocabulary, steps.votes)}};
}

/// The same mask found by gradients: what is attended to after some updates and after more of them.
json learned(Backend& backend) {
  constexpr std::array updates{Index{0}, Index{10}, Index{20}, Index{40}, Index{80}, Index{160}, Index{299}};
  // Losses are those before each update: one update more than is shown.
  const std::vector<double> losses =
      LearnedAttention(backend, logs, {.updates = updates.back() + 1}).losses();
  Names words;
  for_each_word(so_far, [&](std::string_view word) { words.emplace_back(word); });
  const std::string recent = words.back();
  words.pop_back();
  json steps = json::array();
  for (const Index count : updates) {
    const LearnedAttention attention(backend, logs, {.updates = count});
    const LearnedAttention::View view = attention(so_far);
    const Tensor votes({1, std::ssize(view.votes)});
    std::copy(view.votes.begin(), view.votes.end(), votes.data());
    steps.push_back({{"updates", count},
                     {"loss", shown(losses[static_cast<std::size_t>(count)])},
                     {"weights", table_json({recent}, words, view.weights)},
                     {"votes", over_words({"next"}, attention.vocabulary(), votes)}});
  }
  return steps;
}

/// The features of the second order with skips as a layer of a network: each is relu(earlier + recent - 1).
json feed_forward(Backend& backend, const SkipTable& table) {
  const Names inputs{"battery", "program", "it", "ran"},
      sentences{"... battery ... it ran", "... program ... it ran"},
      features{"battery, ran", "program, ran", "it, ran"}, outputs{"down", "please"};
  const auto filled = [](const Shape& shape, std::span<const float> values) {
    const Tensor tensor(shape);
    std::copy(values.begin(), values.end(), tensor.data());
    return tensor;
  };
  const Tensor words = filled({2, 4}, std::array{1.f, 0.f, 1.f, 1.f, 0.f, 1.f, 1.f, 1.f}),
               weight =
                   filled({3, 4}, std::array{1.f, 0.f, 0.f, 1.f, 0.f, 1.f, 0.f, 1.f, 0.f, 0.f, 1.f, 1.f}),
               bias = filled({3}, std::array{-1.f, -1.f, -1.f}), next = Tensor::zeros({3, 2});
  const Vocabulary& vocabulary = table.vocabulary();
  for (Index row = 0; row < 3; ++row) {
    const auto earlier = vocabulary.find_or_unknown(inputs[static_cast<std::size_t>(row)]);
    const auto list = table.after({earlier, vocabulary.find_or_unknown("ran")});
    for (const Successor& one : list)
      for (Index column = 0; column < 2; ++column)
        if (vocabulary.word(one.word) == outputs[static_cast<std::size_t>(column)])
          next.data()[row * 2 + column] = static_cast<float>(one.weight / total_weight(list));
  }
  Pass pass = Pass::inference(backend);
  const auto constant = [&](const Tensor& host) { return pass.constant(backend.from_host(host)); };
  const Variable hidden =
      ops::linear(constant(words), constant(weight), constant(bias), {.activation = Activation::relu});
  return {{"input", table_json(sentences, inputs, words)},
          {"weight", table_json(features, inputs, weight)},
          {"hidden", table_json(sentences, features, backend.numbers(hidden.value()))},
          {"next", table_json(features, outputs, next)},
          {"votes",
           table_json(sentences, outputs, backend.numbers(ops::matmul(hidden, constant(next)).value()))}};
}

}  // namespace

json counting_lesson(Backend& backend) {
  const json first = chain(directories, 1);
  SkipTable table;
  for (const auto& [text, weight] : logs) table.add(text, weight);
  table.settle();
  const std::vector<InformativePair> informative = informative_pairs(table);
  return {
      {"one_hot", one_hot_lesson(backend, first)},
      {"first", {{"sentences", sentences_json(directories)}, {"table", first}}},
      {"second",
       {{"sentences", sentences_json(battery)}, {"first", chain(battery, 1)}, {"table", chain(battery, 2)}}},
      {"skips", skips(table, informative)},
      {"products", products(backend, table, mask_of(informative))},
      {"learned", learned(backend)},
      {"feed_forward", feed_forward(backend, table)}};
}

}  // namespace heed
