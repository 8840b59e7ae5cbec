#include <fmt/format.h>

#include <algorithm>
#include <iostream>

#include "cli/flags.h"
#include "cli/machine_options.h"
#include "cli/ngram.h"
#include "cli/usage.h"
#include "heed/lesson/attention/learned_attention.h"
#include "heed/lesson/attention/mask_attention.h"
#include "heed/ngram/words.h"

namespace heed {
namespace {

struct AttentionOptions {
  NgramCorpus corpus;
  std::string text;
  MaskOptions mask;
  AttentionTraining training;
  MachineOptions machine;

  static constexpr auto fields() {
    return std::tuple(field("text", &AttentionOptions::text, "the words so far"));
  }
};

/// What is not zero in a row, with its word.
std::string listed(const Vocabulary& vocabulary, std::span<const float> row, float least) {
  std::vector<std::pair<float, WordId>> entries;
  for (std::size_t word = 0; word < row.size(); ++word)
    if (row[word] >= least) entries.emplace_back(-row[word], static_cast<WordId>(word));
  std::sort(entries.begin(), entries.end());
  std::string text;
  for (const auto& [weight, word] : entries)
    text += fmt::format("{}{} {:.4g}", text.empty() ? "" : ", ", vocabulary.word(word), -weight);
  return text.empty() ? "nothing" : text;
}

std::string aligned(std::span<const std::string_view> words, std::span<const float> weights) {
  std::string text;
  for (std::size_t i = 0; i < weights.size(); ++i)
    text += fmt::format("{}{} {:.3f}", i == 0 ? "" : ", ", words[i], weights[i]);
  return text;
}

std::span<const float> row(const Tensor& tensor) {
  return {tensor.data(), static_cast<std::size_t>(tensor.count())};
}

void print_products(const AttentionOptions& options, const std::vector<WeightedSentence>& sentences,
                    Backend& backend, const std::vector<std::string_view>& words) {
  SkipTable table;
  for (const auto& [text, weight] : sentences) table.add(text, weight);
  table.settle();
  std::vector<WordId> ids;
  for (const std::string_view word : words) ids.push_back(table.vocabulary().find_or_unknown(word));
  const MaskAttention attention(table, mask_of(informative_pairs(table, options.mask)));
  const MaskAttention::Steps steps = attention(backend, ids);
  const Vocabulary& vocabulary = table.vocabulary();
  constexpr float shown = 1e-6f;
  std::cout << "by matrix products, the masks learned by counting:\n"
            << "  query, one-hot:             " << listed(vocabulary, row(steps.query), shown) << '\n'
            << "  query x keys^T, the mask:   " << listed(vocabulary, row(steps.mask), shown) << '\n'
            << "  scores of the values:       " << aligned(words, row(steps.scores)) << '\n'
            << "  scores x values, context:   " << listed(vocabulary, row(steps.context), shown) << '\n'
            << "  context x transitions:      " << listed(vocabulary, row(steps.votes), shown) << '\n';
}

void attention(const AttentionOptions& options) {
  const std::vector<std::string_view> words = words_of(options.text);
  require_usage(words.size() >= 2, "--text: expected two words or more");
  std::vector<WeightedSentence> sentences;
  options.corpus.for_each([&](std::string_view sentence, double weight) {
    sentences.push_back({std::string(sentence), weight});
  });
  Backend& backend = options.machine.backend();
  print_products(options, sentences, backend, words);
  const LearnedAttention learned(backend, sentences, options.training);
  const LearnedAttention::View view = learned(options.text);
  std::cout << "softened: scaled dot-product attention, its projections learned by Adam:\n"
            << "  weights of the last word:   " << aligned(words, view.weights) << '\n'
            << "  next:                       " << listed(learned.vocabulary(), view.votes, 1e-3f) << '\n';
  std::cerr << fmt::format("trained for {} updates: from {:.4f} to {:.4f} nats a word\n",
                           learned.losses().size(), learned.losses().front(), learned.losses().back());
}

}  // namespace

void add_ngram_attention(CLI::App& ngram) {
  CLI::App* command =
      ngram.add_subcommand("attention", "the masks as matrix products, and as attention that is trained");
  auto options = std::make_shared<AttentionOptions>();
  options->corpus.add_to(*command);
  add_settings(*command, settings_of(*options, options->mask, options->training));
  add_settings(*command, options->machine.settings());
  command->get_option("--text")->required();
  command->final_callback([options] { attention(*options); });
}

}  // namespace heed
