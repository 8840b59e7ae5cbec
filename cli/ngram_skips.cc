#include <fmt/format.h>

#include <algorithm>
#include <iostream>

#include "cli/flags.h"
#include "cli/ngram.h"
#include "cli/usage.h"
#include "heed/lesson/skips/votes.h"
#include "heed/ngram/transition_table.h"
#include "heed/ngram/words.h"

namespace heed {
namespace {

struct MasksOptions {
  NgramCorpus corpus;
  Index reach = 0, most = 100;
  MaskOptions mask;

  static constexpr auto fields() {
    using M = MasksOptions;
    return std::tuple(
        field("reach", &M::reach, "maximum distance between the words of a pair (0: no limit)", {0, 1e6}),
        field("most", &M::most, "maximum number of pairs to print", {1, 1e12}));
  }
};

struct VotesOptions {
  NgramCorpus corpus;
  std::string text;
  std::vector<std::string> mask;
  bool learn_mask = false;
  Index reach = 0;
  MaskOptions learned;

  static constexpr auto fields() {
    using V = VotesOptions;
    return std::tuple(
        field("text", &V::text, "the words so far"),
        field("mask", &V::mask, "pairs that may vote, each in quotes: 'battery ran' 'program ran'"),
        field("learn_mask", &V::learn_mask, "let only pairs vote that are informative in this text"),
        field("reach", &V::reach, "maximum distance between the words of a pair (0: no limit)", {0, 1e6}));
  }
};

SkipTable count_skips(const NgramCorpus& corpus, Index reach) {
  SkipTable table(reach);
  corpus.for_each([&](std::string_view sentence, double weight) { table.add(sentence, weight); });
  table.settle();
  return table;
}

std::string spelled(const SkipTable& table, const WordPair& pair) {
  return spelled(table.vocabulary(), std::vector{pair.earlier, pair.recent});
}

/// The weightiest ten, and how many more there are.
std::string listed(const SkipTable& table, std::span<const Successor> successors) {
  constexpr std::size_t most = 10;
  std::vector<Successor> sorted(successors.begin(), successors.end());
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const Successor& a, const Successor& b) { return a.weight > b.weight; });
  std::string text;
  for (std::size_t i = 0; i < std::min(sorted.size(), most); ++i)
    text += fmt::format("{}{} {}", i == 0 ? "" : ", ", table.vocabulary().word(sorted[i].word),
                        number_text(sorted[i].weight));
  if (sorted.size() > most) text += fmt::format(", and {} more", sorted.size() - most);
  return text.empty() ? "nothing" : text;
}

void masks(const MasksOptions& options) {
  const SkipTable table = count_skips(options.corpus, options.reach);
  const std::vector<InformativePair> pairs = informative_pairs(table, options.mask);
  for (std::size_t i = 0; i < std::min(pairs.size(), static_cast<std::size_t>(options.most)); ++i)
    std::cout << fmt::format("{}\t{:.4f} bits\tseen {}\t-> {}\n", spelled(table, pairs[i].pair),
                             pairs[i].bits, number_text(pairs[i].weight),
                             listed(table, table.after(pairs[i].pair)));
  std::cerr << fmt::format("{} informative pairs of {}\n", pairs.size(), table.pairs().size());
}

PairMask given_mask(const SkipTable& table, const std::vector<std::string>& pairs) {
  PairMask mask;
  for (const std::string& text : pairs) {
    const std::vector<std::string_view> words = words_of(text);
    require_usage(words.size() == 2, "--mask: '", text, "' is no pair; expected two words in quotes");
    const auto earlier = table.vocabulary().find(words[0]), recent = table.vocabulary().find(words[1]);
    require<DataError>(earlier && recent, "--mask: the corpus has no word '", words[earlier ? 1 : 0], "'");
    mask.show({*earlier, *recent});
  }
  return mask;
}

void print_votes(const SkipTable& table, const Votes& votes) {
  for (const PairVote& vote : votes.pairs)
    std::cout << spelled(table, vote.pair) << " -> " << listed(table, vote.for_words)
              << (vote.masked ? " (masked)" : "") << '\n';
  std::cout << "votes: " << listed(table, votes.tally) << '\n';
}

void votes(const VotesOptions& options) {
  require_usage(options.mask.empty() || !options.learn_mask, "--mask and --learn-mask do not go together");
  const SkipTable table = count_skips(options.corpus, options.reach);
  std::vector<WordId> words;
  for_each_word(options.text,
                [&](std::string_view word) { words.push_back(table.vocabulary().find_or_unknown(word)); });
  require_usage(words.size() >= 2, "--text: expected two words or more");
  PairMask mask = given_mask(table, options.mask);
  if (options.learn_mask) mask = mask_of(informative_pairs(table, options.learned));
  const bool masked = options.learn_mask || !options.mask.empty();
  print_votes(table, vote(table, words, masked ? &mask : nullptr));
  std::cout << "next: " << listed(table, predict_next(table, words, masked ? &mask : nullptr)) << '\n';
}

}  // namespace

void add_ngram_masks(CLI::App& ngram) {
  CLI::App* command =
      ngram.add_subcommand("masks", "which pairs of an earlier and the last word tell what comes next");
  auto options = std::make_shared<MasksOptions>();
  options->corpus.add_to(*command);
  add_settings(*command, settings_of(*options, options->mask));
  command->final_callback([options] { masks(*options); });
}

void add_ngram_votes(CLI::App& ngram) {
  CLI::App* command =
      ngram.add_subcommand("votes", "let every pair of an earlier and the last word vote for the next");
  auto options = std::make_shared<VotesOptions>();
  options->corpus.add_to(*command);
  add_settings(*command, settings_of(*options, options->learned));
  command->get_option("--text")->required();
  command->get_option("--mask")->allow_extra_args();
  command->final_callback([options] { votes(*options); });
}

}  // namespace heed
