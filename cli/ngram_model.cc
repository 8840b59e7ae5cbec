#include <fmt/format.h>

#include <cmath>
#include <iostream>
#include <nlohmann/json.hpp>

#include "cli/flags.h"
#include "cli/line_note.h"
#include "cli/ngram.h"
#include "heed/base/files.h"
#include "heed/base/json_text.h"
#include "heed/base/quantities.h"
#include "heed/base/stopwatch.h"
#include "heed/io/line_reader.h"
#include "heed/ngram/arpa_parser.h"
#include "heed/ngram/arpa_writer.h"
#include "heed/ngram/estimation.h"
#include "heed/ngram/fluency.h"
#include "heed/ngram/generation.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

enum class Smoothing { kneser_ney, none };

}  // namespace

template <>
struct EnumNames<Smoothing> {
  static constexpr std::array names{std::pair{"kneser_ney", Smoothing::kneser_ney},
                                    std::pair{"none", Smoothing::none}};
};

namespace {

struct NgramTrainOptions {
  NgramCorpus corpus;
  Index order = 3;
  Smoothing smoothing = Smoothing::kneser_ney;
  std::filesystem::path output = "-";

  static constexpr auto fields() {
    using T = NgramTrainOptions;
    return std::tuple(
        field("order", &T::order, "maximum length of n-grams",
              {1, static_cast<double>(NgramTree::max_order)}),
        field("smoothing", &T::smoothing, "interpolated modified Kneser-Ney smoothing, or none"),
        field("output", &T::output, "ARPA file for the model (-: standard output)"));
  }
};

std::string discounts_text(const std::vector<Discounts>& discounts) {
  std::string text;
  for (std::size_t n = 0; n < discounts.size(); ++n) {
    const auto& [amounts, guessed] = discounts[n];
    text += fmt::format("{}{}-grams {:.4f} {:.4f} {:.4f}{}", n == 0 ? "" : "; ", n + 1, amounts[0],
                        amounts[1], amounts[2], guessed ? " (too little text: guessed)" : "");
  }
  return text;
}

void train_ngrams(const NgramTrainOptions& options) {
  const Stopwatch watch;
  NgramCounter counter(options.order);
  options.corpus.for_each([&](std::string_view sentence, double weight) { counter.add(sentence, weight); });
  require<DataError>(counter.sentences() > 0, "ngram train: no sentences to learn from");
  std::cerr << fmt::format("{} sentences, {} words; text and places take {}\n", counter.sentences(),
                           counter.words(), bytes_text(static_cast<double>(counter.bytes())));
  CountedNgrams counted = std::move(counter).finish();
  std::vector<Discounts> discounts;
  const NgramModel model = [&] {
    if (options.smoothing == Smoothing::none) return unsmoothed(std::move(counted));
    KneserNeyModel estimated = kneser_ney(std::move(counted));
    discounts = std::move(estimated.discounts);
    return std::move(estimated.model);
  }();
  std::string sizes;
  for (Index n = 1; n <= model.order(); ++n) sizes += fmt::format(" {}", model.tree().size(n));
  if (!discounts.empty()) std::cerr << "discounts of " << discounts_text(discounts) << '\n';
  std::cerr << fmt::format("n-grams of each order:{}; the model takes {}, after {}\n", sizes,
                           bytes_text(static_cast<double>(model.bytes())), duration_text(watch.seconds()));
  if (options.output == "-")
    write_arpa(std::cout, model);
  else
    write_file(options.output, [&](std::ostream& out) { write_arpa(out, model); });
}

struct NgramScoreOptions {
  std::filesystem::path model, text = "-";
  bool words = false, summary = false;

  static constexpr auto fields() {
    using S = NgramScoreOptions;
    return std::tuple(
        field("words", &S::words, "print a JSON object per line with the log-probability of each word"),
        field("summary", &S::summary, "print totals only, nothing per line"));
  }
};

/// JSON knows no infinity.
nlohmann::ordered_json finite_or_null(double number) {
  return std::isfinite(number) ? nlohmann::ordered_json(number) : nlohmann::ordered_json();
}

nlohmann::ordered_json json_of(const NgramModel& model, std::string_view sentence,
                               const FluencyScore& score) {
  auto words = nlohmann::ordered_json::array();
  for (const WordScore& word : score_words(model, sentence))
    words.push_back({{"word", model.vocabulary().word(word.word)},
                     {"log_probability", finite_or_null(word.log_probability)},
                     {"order", word.order}});
  return {{"log_probability", finite_or_null(score.log_probability)},
          {"per_word", finite_or_null(score.per_word())},
          {"unknown", score.unknown},
          {"words", words}};
}

void score_lines(const NgramScoreOptions& options) {
  const NgramModel model = open_ngram_model(options.model);
  LineReader reader(options.text);
  FluencyScore all;
  const Stopwatch watch;
  // Line n of the output belongs to line n of the input: a blank one, which is no sentence, has a blank one.
  while (const auto line = reader.next()) {
    if (is_blank(*line)) {
      if (!options.summary) std::cout << '\n';
      continue;
    }
    const FluencyScore score = fluency(model, *line);
    all.add(score);
    if (options.summary) continue;
    if (options.words)
      std::cout << text_of_json(json_of(model, *line, score)) << '\n';
    else
      std::cout << fmt::format("{:.6f}\t{:.6f}\n", score.log_probability, score.per_word());
  }
  tell_line_ends(reader);
  if (all.predictions() == 0) return;
  (options.summary ? std::cout : std::cerr) << fmt::format(
      "{} sentences, {} words, {} of them unknown; perplexity {:.3f}, {:.3f} without unknown words{}; {}\n",
      all.sentences, all.words, all.unknown, all.perplexity(), all.perplexity_of_known(),
      all.impossible > 0 ? fmt::format(" ({} words are impossible)", all.impossible) : "",
      rate_text(static_cast<double>(all.predictions()), watch.seconds(), "words"));
}

struct NgramGenerateOptions {
  std::filesystem::path model;
  Index count = 1, longest = 100;
  std::uint32_t seed = 1;
  std::string start;

  static constexpr auto fields() {
    using G = NgramGenerateOptions;
    return std::tuple(field("count", &G::count, "number of sentences", {1, 1e12}),
                      field("longest", &G::longest, "maximum number of words added to a sentence", {0, 1e6}),
                      field("seed", &G::seed, "random seed"),
                      field("start", &G::start, "words that every sentence starts with"));
  }
};

void generate_sentences(const NgramGenerateOptions& options) {
  const NgramModel model = open_ngram_model(options.model);
  const SentenceGenerator generator(model);
  for (Index n = 0; n < options.count; ++n)
    std::cout << generator(Random(options.seed, static_cast<std::uint64_t>(n)), options.longest,
                           options.start)
              << '\n';
}

}  // namespace

NgramModel open_ngram_model(const std::filesystem::path& path) {
  LineReader reader(path);
  ArpaParser parser(reader.name());
  while (const auto line = reader.next()) parser.add(*line);
  if (parser.lacks_unknown())
    std::cerr << "heed: warning: " << reader.name()
              << " has no <unk>; a word that it does not know gets a probability of 1e-100, as in KenLM\n";
  return std::move(parser).finish();
}

void add_ngram_train(CLI::App& ngram) {
  CLI::App* command = ngram.add_subcommand("train", "estimate an n-gram language model from text");
  auto options = std::make_shared<NgramTrainOptions>();
  options->corpus.add_to(*command);
  add_settings(*command, settings_of(*options));
  command->final_callback([options] { train_ngrams(*options); });
}

void add_ngram_score(CLI::App& ngram) {
  CLI::App* command = ngram.add_subcommand(
      "score", "log-probability of each sentence in nats, in all and per word; perplexity");
  auto options = std::make_shared<NgramScoreOptions>();
  command->add_option("model", options->model, "an ARPA file, plain or compressed")
      ->required()
      ->option_text("MODEL");
  command->add_option("text", options->text, "sentences, one a line; - or nothing: standard input")
      ->option_text("TEXT");
  add_settings(*command, settings_of(*options));
  command->final_callback([options] { score_lines(*options); });
}

void add_ngram_generate(CLI::App& ngram) {
  CLI::App* command = ngram.add_subcommand("generate", "sentences drawn from a model");
  auto options = std::make_shared<NgramGenerateOptions>();
  command->add_option("model", options->model, "an ARPA file, plain or compressed")
      ->required()
      ->option_text("MODEL");
  add_settings(*command, settings_of(*options));
  command->final_callback([options] { generate_sentences(*options); });
}

}  // namespace heed
