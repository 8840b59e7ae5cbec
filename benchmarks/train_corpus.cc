
#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "heed/backend/cpu/cpu_backend.h"
#include "heed/base/parallel.h"
#include "heed/base/pinning.h"
#include "heed/base/process_memory.h"
#include "heed/base/stopwatch.h"
#include "heed/model/transformer.h"
#include "heed/optim/adam.h"
#include "heed/tasks/text_pairs/batch_loss.h"
#include "heed/text/tokenizer.h"

// How long updates of a model take on given batches of token ids: reading them does not count. Prints one
// JSON object: what benchmarks/peers/training compares with a peer's.

namespace heed {
namespace {

struct CorpusOptions {
  std::filesystem::path batches;
  std::string preset = "tiny";
  Index vocabulary = 10000;
  double learning_rate = 3e-4, label_smoothing = 0.1;
  Index warm_up = 2;
  bool bfloat16 = false;
  int threads = 1;
};

std::vector<Index> ids(const std::string& text) {
  std::istringstream in(text);
  std::vector<Index> numbers;
  for (Index number = 0; in >> number;) numbers.push_back(number);
  numbers.push_back(special::eos);
  return numbers;
}

/// A pair a line, source ids, tab, target ids, without EOS; an empty line ends a batch.
std::vector<Batch> read_batches(const std::filesystem::path& file) {
  std::ifstream in(file);
  require<FileError>(in.good(), file.string(), ": cannot be read; is the path right?");
  std::vector<Batch> batches(1);
  for (std::string line; std::getline(in, line);) {
    if (line.empty()) {
      batches.emplace_back();
      continue;
    }
    const std::size_t tab = line.find('\t');
    require<DataError>(tab != std::string::npos, file.string(), ": a line without a tab: ", line);
    const std::vector<Index> source = ids(line.substr(0, tab)), target = ids(line.substr(tab + 1));
    Batch& batch = batches.back();
    batch.columns.resize(2);
    batch.columns[0].tokens.insert(batch.columns[0].tokens.end(), source.begin(), source.end());
    batch.columns[1].tokens.insert(batch.columns[1].tokens.end(), target.begin(), target.end());
    batch.columns[0].lengths.push_back(std::ssize(source));
    batch.columns[1].lengths.push_back(std::ssize(target));
    batch.examples.push_back(batch.size());
  }
  if (batches.back().columns.empty()) batches.pop_back();
  return batches;
}

void run(const CorpusOptions& options) {
  const std::vector<Batch> batches = read_batches(options.batches);
  require<DataError>(std::ssize(batches) > options.warm_up, options.batches.string(), " has ", batches.size(),
                     " batches, and ", options.warm_up, " of them are for warming up; give more");
  set_thread_count(options.threads);
  pin_threads();
  TransformerConfig config = transformer_preset(options.preset);
  config.source_vocabulary = config.target_vocabulary = options.vocabulary;
  Backend& backend = cpu_backend(options.bfloat16 ? DataType::bfloat16 : DataType::float32);
  RandomParameters start(1);
  const Transformer model(config, start, ParameterStore::Purpose::training);
  std::vector<Variable> parameters;
  for (const auto& parameter : model.store().parameters()) parameters.push_back(parameter.variable);
  Adam adam(backend, parameters, {});

  std::vector<double> seconds, losses;
  std::vector<std::size_t> target_tokens;
  for (std::size_t number = 0; number < batches.size(); ++number) {
    const Batch& batch = batches[number];
    const auto tokens = static_cast<double>(batch.columns[1].tokens.size());
    const Stopwatch watch;
    Pass pass = Pass::training(backend, {1, static_cast<std::uint32_t>(number)});
    const Variable loss = batch_loss(model, pass, batch, static_cast<float>(options.label_smoothing));
    const auto sum = static_cast<double>(backend.number(loss.value()));
    pass.backward(loss);
    adam.step({.learning_rate = options.learning_rate, .gradient_scale = 1 / tokens});
    if (static_cast<Index>(number) < options.warm_up) continue;
    seconds.push_back(watch.seconds());
    losses.push_back(sum / tokens);
    target_tokens.push_back(batch.columns[1].tokens.size());
  }
  const nlohmann::ordered_json result{{"seconds", seconds},
                                      {"target_tokens", target_tokens},
                                      {"losses", losses},
                                      {"peak_memory_bytes", peak_resident_bytes()}};
  std::cout << result.dump() << '\n';
}

}  // namespace
}  // namespace heed

int main(int argc, char** argv) {
  heed::CorpusOptions options;
  CLI::App program("times updates of a Transformer on given batches; prints JSON");
  program
      .add_option("batches", options.batches, "a pair of id sequences a line, an empty line after a batch")
      ->required();
  program.add_option("--preset", options.preset, "tiny, small, base or big");
  program.add_option("--vocabulary", options.vocabulary);
  program.add_flag("--bfloat16", options.bfloat16, "products in bfloat16; weights and sums stay float32");
  program.add_option("--learning-rate", options.learning_rate);
  program.add_option("--label-smoothing", options.label_smoothing);
  program.add_option("--warm-up", options.warm_up, "first updates that are not measured");
  program.add_option("--threads", options.threads);
  CLI11_PARSE(program, argc, argv);
  try {
    heed::run(options);
  } catch (const std::exception& error) {
    std::cerr << "train_corpus: " << error.what() << '\n';
    return 1;
  }
}
