#include "heed/lesson/trained_model.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "heed/base/temporary_folder.h"
#include "heed/decoding/decoding_session.h"
#include "heed/lesson/table.h"
#include "heed/lesson/tokenization.h"
#include "heed/sample/sample_corpus.h"
#include "heed/service/attention_report.h"
#include "heed/tasks/translation/training_run.h"

namespace heed {
namespace {

using nlohmann::json;

constexpr Index pairs = 8000, held_out = 100, vocabulary = 600, shown_updates = 200, followed = 6,
                longest_shown = 60;

class LossCurve : public TrainingObserver {
 public:
  void updated(const UpdateReport& report) override {
    losses.push_back(report.loss);
    seconds = report.run_seconds;
  }
  void began(const RunStart& start) override { parameters = start.parameters; }

  std::vector<double> losses;
  double seconds = 0;
  Index parameters = 0;
};

RunOptions run_options(double minutes) {
  RunOptions run;
  run.model.preset = "tiny";
  run.model.set("width", 64).set("hidden", 256).set("heads", 4);
  run.model.set("encoder_layers", 2).set("decoder_layers", 2).set("dropout", 0.0);
  run.tokenizer = lesson_tokenizer(vocabulary);
  run.training.updates = 3000;
  run.training.minutes = minutes;
  run.training.batch_tokens = 512;
  run.training.learning_rate = 0.004;
  run.training.warmup = 100;
  run.training.schedule = ScheduleKind::linear;
  run.training.validate_every = 3000;
  return run;
}

/// The loss of each update, those of a long run averaged over a few updates each.
json curve(const LossCurve& run) {
  json points = json::array();
  const std::size_t step = std::max<std::size_t>(1, run.losses.size() / shown_updates);
  for (std::size_t begin = 0; begin < run.losses.size(); begin += step) {
    const std::size_t end = std::min(begin + step, run.losses.size());
    double sum = 0;
    for (std::size_t i = begin; i < end; ++i) sum += run.losses[i];
    points.push_back({{"update", end}, {"loss", shown(sum / static_cast<double>(end - begin))}});
  }
  return points;
}

/// The likeliest next pieces after each piece of a greedy translation.
json greedy(const Translator& translator, const std::vector<Index>& source) {
  const Tokenizer& tokenizer = *translator.tokenizers().target;
  DecodingSession session(translator.model(), translator.backend(), {source});
  json steps = json::array();
  Index token = special::bos;
  while (std::ssize(steps) < longest_shown) {
    const TopK best = session.top(std::span(&token, 1), followed);
    const Tensor tokens = translator.backend().to_host(best.tokens);
    const std::vector<float> log_probabilities = translator.backend().numbers(best.log_probabilities);
    json choices = json::array();
    for (Index i = 0; i < tokens.size(-1); ++i)
      choices.push_back({{"piece", tokenizer.piece(tokens.data<std::int32_t>()[i])},
                         {"probability", shown(std::exp(log_probabilities[static_cast<std::size_t>(i)]))}});
    token = tokens.data<std::int32_t>()[0];
    steps.push_back(std::move(choices));
    if (token == special::eos) break;
  }
  return steps;
}

json beam(const Translator& translator, const std::string& text) {
  DecodingConfig config;
  config.beam = config.n_best = 4;
  const std::vector<TranslatedLine> lines = translator.translate(std::span(&text, 1), config);
  json list = json::array();
  for (const Translation& one : lines[0].translations)
    list.push_back({{"text", one.text},
                    {"pieces", one.tokens},
                    {"log_probability", shown(one.log_probability)},
                    {"score", shown(one.score)}});
  return list;
}

json maps(const AttentionReport::Maps& layers, const Names& rows, const Names& columns) {
  json all = json::array();
  for (const auto& layer : layers) {
    json heads = json::array();
    for (const AttentionReport::Map& map : layer) heads.push_back(table_json(rows, columns, map.weights));
    all.push_back(std::move(heads));
  }
  return all;
}

/// The first pair of some words, or just the first: one long enough to see something, short enough for a
/// table.
TextPair example_of(const std::vector<TextPair>& texts) {
  const auto fits = [](const TextPair& pair) {
    const auto spaces = std::count(pair.source.begin(), pair.source.end(), ' ');
    return spaces >= 3 && spaces <= 5 && pair.source.size() <= 32;
  };
  const auto found = std::find_if(texts.begin(), texts.end(), fits);
  return found == texts.end() ? texts.front() : *found;
}

/// What each piece of the right translation costs: the cross-entropy by hand.
json surprise(const Translator& translator, const TextPair& pair) {
  const std::vector<float> scores =
      translator.score(std::span(&pair.source, 1), std::span(&pair.target, 1))[0];
  const Tokenizer& tokenizer = *translator.tokenizers().target;
  std::vector<Index> target = tokenizer.encode(pair.target);
  target.push_back(special::eos);
  json pieces = json::array();
  double sum = 0;
  for (std::size_t i = 0; i < target.size(); ++i) {
    const double loss = -double{scores[i]};
    sum += loss;
    pieces.push_back({{"piece", tokenizer.piece(target[i])},
                      {"probability", shown(std::exp(-loss))},
                      {"loss", shown(loss)}});
  }
  return {{"source", pair.source},
          {"target", pair.target},
          {"mean", shown(sum / static_cast<double>(target.size()))},
          {"pieces", std::move(pieces)}};
}

/// The text in pieces; DataError, before anything is trained, if the page has no room for them.
json tokenized(const std::vector<TextPair>& corpus, const std::string& text) {
  std::vector<std::string_view> sources, targets;
  for (const TextPair& pair : corpus) sources.push_back(pair.source), targets.push_back(pair.target);
  json steps = tokenization(sources, targets, text);
  // As the model, which is trained later, will have it.
  const auto is_large = [](const json& step) { return step["size"].get<Index>() >= vocabulary; };
  const auto used = std::find_if(steps.begin(), steps.end() - 1, is_large);
  const auto count = static_cast<Index>((*used)["pieces"].size());
  require<DataError>(count > 0, "--sentence has no words; give some, or leave it out");
  require<DataError>(count <= longest_shown, "--sentence has ", count, " pieces, the lesson has room for ",
                     longest_shown, "; give a shorter one");
  return steps;
}

}  // namespace

json trained_model_lesson(Backend& backend, const LessonOptions& options,
                          const std::function<bool()>& interrupted) {
  require_utf8(options.sentence, "--sentence");
  std::vector<TextPair> corpus = sample_corpus({.count = pairs});
  std::vector<TextPair> unseen(corpus.end() - held_out, corpus.end());
  corpus.resize(corpus.size() - held_out);
  const TextPair example = example_of(unseen);
  const std::string text = options.sentence.empty() ? example.source : options.sentence;
  const json steps = tokenized(corpus, text);

  const TemporaryFolder folder("heed-lesson");
  LossCurve observer;
  Corpora corpora{.training = corpus_of(std::move(corpus)), .validation = corpus_of(std::move(unseen))};
  const TrainingOutcome outcome =
      train_model(std::move(corpora), run_options(options.minutes), RunFolder(folder.path() / "model"),
                  backend, observer, interrupted);
  if (outcome.end == TrainingEnd::interrupted) return nullptr;
  const Translator translator(folder.path() / "model", backend);
  const AttentionReport report = attention_report(translator, text, {}, {.beam = 1});
  return {{"sentence", text},
          {"own", !options.sentence.empty()},
          {"reference", options.sentence.empty() ? example.target : ""},
          {"translation", report.translation},
          {"tokenization", steps},
          {"training",
           {{"losses", curve(observer)},
            {"updates", observer.losses.size()},
            {"seconds", shown(observer.seconds)},
            {"parameters", observer.parameters},
            {"pairs", pairs - held_out}}},
          {"encoder", maps(report.encoder, report.source_tokens, report.source_tokens)},
          {"decoder", maps(report.decoder, report.target_inputs, report.target_inputs)},
          {"cross", maps(report.cross, report.target_tokens, report.source_tokens)},
          {"greedy", greedy(translator, translator.encode_source(text))},
          {"surprise", surprise(translator, example)},
          {"beam", beam(translator, text)}};
}

}  // namespace heed
