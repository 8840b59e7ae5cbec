
#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <ctime>
#include <fstream>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <thread>

#include "heed/backend/cpu/cpu_backend.h"
#include "heed/base/parallel.h"
#include "heed/base/pinning.h"
#include "heed/base/process_memory.h"
#include "heed/base/stopwatch.h"
#include "heed/decoding/batches_by_length.h"
#include "heed/io/line_reader.h"
#include "heed/service/translator.h"

// How long a model takes for a text, from token ids to token ids: opening the model and tokenizing do not
// count. Prints one JSON object: what benchmarks/peers/translation compares with a peer's.

namespace heed {
namespace {

struct CorpusOptions {
  std::filesystem::path model, text, output;
  DataType type = DataType::float32;
  DecodingConfig decoding{.length_penalty = 0};
  Index sentences = 0;  // 0: all
  Index fixed_length = 0;
  bool one_at_a_time = false;
  int workers = 1, threads = 1;
  int rounds = 1;
};

/// Sentences spread evenly over the text, as token ids.
std::vector<std::vector<Index>> read_sources(const Translator& translator, const CorpusOptions& options) {
  std::vector<std::string> lines;
  LineReader reader(options.text);
  while (auto line = reader.next()) lines.push_back(std::move(*line));
  const std::size_t wanted =
      options.sentences > 0 ? static_cast<std::size_t>(options.sentences) : lines.size();
  const std::size_t count = std::min(wanted, lines.size());
  std::vector<std::vector<Index>> sources;
  for (std::size_t i = 0; i < count; ++i) {
    auto tokens = translator.encode_source(lines[i * lines.size() / count]);
    if (options.fixed_length > 0) {
      // Cut, or begun again from the front: as many tokens in every sentence, so that as many can be written.
      tokens.pop_back();
      if (tokens.empty()) tokens.push_back(special::unk);
      for (std::size_t k = 0; std::ssize(tokens) + 1 < options.fixed_length; ++k) tokens.push_back(tokens[k]);
      tokens.resize(static_cast<std::size_t>(options.fixed_length - 1));
      tokens.push_back(special::eos);
    }
    sources.push_back(std::move(tokens));
  }
  return sources;
}

using Found = std::vector<std::vector<Hypothesis>>;

std::vector<std::vector<std::size_t>> each_alone(std::size_t count) {
  std::vector<std::vector<std::size_t>> groups;
  for (std::size_t number = 0; number < count; ++number) groups.push_back({number});
  return groups;
}

Found translate_all(const Translator& translator, const std::vector<std::vector<Index>>& sources,
                    const CorpusOptions& options) {
  SearchTokens tokens = search_tokens();
  DecodingConfig decoding = translator.with_batch_size(options.decoding);
  if (options.fixed_length > 0) {
    tokens.suppressed.push_back(tokens.eos);
    decoding.maximum_extra_length = 1;
  }
  // One by one in their order, or in batches.
  const auto groups = options.one_at_a_time ? each_alone(sources.size())
                                            : batches_by_length(sources, decoding.batch_tokens());
  Found found(sources.size());
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t g = next++; g < groups.size(); g = next++) {
      std::vector<std::vector<Index>> batch;
      for (const std::size_t number : groups[g]) batch.push_back(sources[number]);
      auto results = translate(translator.model(), translator.backend(), batch, tokens, decoding);
      for (std::size_t i = 0; i < batch.size(); ++i) found[groups[g][i]] = std::move(results[i]);
    }
  };
  if (options.workers == 1) {
    work();
    return found;
  }
  std::vector<std::jthread> workers;
  for (int worker = 0; worker < options.workers; ++worker)
    workers.emplace_back([&, worker] {
      set_thread_count(options.threads);
      pin_threads(worker, options.workers);
      work();
    });
  workers.clear();  // waits for them
  return found;
}

void write_translations(const std::filesystem::path& file, const Translator& translator, const Found& found) {
  std::ofstream out(file);
  out.precision(9);
  for (const auto& hypotheses : found) {
    const Hypothesis& best = hypotheses.front();
    out << best.log_probability << '\t';
    for (std::size_t i = 0; i < best.tokens.size(); ++i)
      out << (i > 0 ? " " : "") << translator.tokenizers().target->piece(best.tokens[i]);
    out << '\t' << translator.tokenizers().target->decode(best.tokens) << '\n';
  }
  require<FileError>(out.good(), file.string(), ": cannot be written; is the disk full?");
}

void run(const CorpusOptions& options) {
  const Stopwatch opening;
  const Translator translator(options.model, cpu_backend(), options.type);
  const double load_seconds = opening.seconds();
  const auto sources = read_sources(translator, options);
  if (options.workers == 1) {
    const Index threads =
        options.one_at_a_time ? translator.threads_for_one(options.threads) : options.threads;
    set_thread_count(static_cast<int>(threads));
    pin_threads();
  }

  // What touches memory for the first time does not count: a batch as large as those that do, or a few
  // sentences.
  const std::size_t first =
      options.one_at_a_time ? std::min<std::size_t>(sources.size(), 20) : sources.size();
  translate_all(translator, {sources.begin(), sources.begin() + static_cast<std::ptrdiff_t>(first)}, options);
  Found found;
  std::vector<double> seconds, processor_seconds;
  for (int round = 0; round < options.rounds; ++round) {
    const Stopwatch watch;
    const std::clock_t start = std::clock();
    found = translate_all(translator, sources, options);
    seconds.push_back(watch.seconds());
    processor_seconds.push_back(static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
  }
  if (!options.output.empty()) write_translations(options.output, translator, found);
  std::size_t source_tokens = 0, target_tokens = 0;
  for (const auto& source : sources) source_tokens += source.size();
  for (const auto& hypotheses : found) target_tokens += hypotheses.front().tokens.size();
  const nlohmann::ordered_json result{{"seconds", seconds},
                                      {"processor_seconds", processor_seconds},
                                      {"load_seconds", load_seconds},
                                      {"sentences", sources.size()},
                                      {"source_tokens", source_tokens},
                                      {"target_tokens", target_tokens},
                                      {"peak_memory_bytes", peak_resident_bytes()}};
  std::cout << result.dump() << '\n';
}

}  // namespace
}  // namespace heed

int main(int argc, char** argv) {
  heed::CorpusOptions options;
  CLI::App program("times the translation of a text, from token ids to token ids; prints JSON");
  program.add_option("model", options.model, "the model's folder")->required();
  program.add_option("text", options.text, "sentences, one a line, plain or compressed")->required();
  const std::map<std::string, heed::DataType> types{{"float32", heed::DataType::float32},
                                                    {"bfloat16", heed::DataType::bfloat16},
                                                    {"int8", heed::DataType::int8}};
  program.add_option("--type", options.type, "what products are made in")
      ->transform(CLI::CheckedTransformer(types));
  program.add_option("--output", options.output,
                     "writes log-probability, tokens and text of each translation");
  program.add_option("--sentences", options.sentences, "as many, spread over the text; 0: all");
  program.add_option("--beam", options.decoding.beam, "hypotheses that go on at each step; 1: greedy");
  program.add_option("--length-penalty", options.decoding.length_penalty, "how much long ones are favored");
  program.add_option("--batch-tokens", options.decoding.decoding_batch_tokens, "source tokens at once");
  program.add_flag("--one-at-a-time", options.one_at_a_time, "each sentence waits for the one before");
  program.add_option(
      "--fixed-length", options.fixed_length,
      "sources of so many tokens and translations of exactly one more: for models that know no end");
  program.add_option("--workers", options.workers, "batches that are translated at the same time");
  program.add_option("--threads", options.threads,
                     "of the loops of one batch; one sentence takes as many of them as are worth it");
  program.add_option("--rounds", options.rounds, "times that it is measured");
  CLI11_PARSE(program, argc, argv);
  try {
    heed::run(options);
  } catch (const std::exception& error) {
    std::cerr << "translate_corpus: " << error.what() << '\n';
    return 1;
  }
}
