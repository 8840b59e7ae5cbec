#include "heed/comparison/measured_model.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "heed/corpus/word_order.h"
#include "heed/metrics/bleu.h"
#include "heed/metrics/chrf.h"
#include "heed/service/translator.h"
#include "heed/tasks/translation/translation_validation.h"
#include "heed/training/run_folder.h"
#include "heed/training/run_history.h"

namespace heed {
namespace {

constexpr Index batch_tokens = 2048;

using Texts = std::vector<std::string>;

Texts translations_of(const Translator& translator, const std::vector<TextPair>& pairs, Index beam) {
  Texts sources;
  for (const TextPair& pair : pairs) sources.push_back(pair.source);
  DecodingConfig decoding;
  decoding.beam = beam;
  return translator.best_translations(sources, decoding);
}

double median(std::vector<float> numbers) {
  std::erase_if(numbers, [](float x) { return !(x > 0); });
  if (numbers.empty()) return 0;
  const auto middle = numbers.begin() + std::ssize(numbers) / 2;
  std::nth_element(numbers.begin(), middle, numbers.end());
  return static_cast<double>(*middle);
}

std::vector<CurvePoint> curve_of(const RunHistory& history) {
  std::vector<CurvePoint> curve;
  const RunHistory::Updates& all = history.updates;
  for (const nlohmann::json& validation : history.validations) {
    const Index update = validation.value("update", Index{0});
    const auto found = std::ranges::lower_bound(all.update, update);
    const nlohmann::json measures = validation.value("measures", nlohmann::json::object());
    const auto number = [&](const char* name) {
      return measures.contains(name) && measures[name].is_number() ? measures[name].get<double>() : 0;
    };
    if (found == all.update.end() || *found != update) continue;
    const auto seconds = all.run_seconds[static_cast<std::size_t>(found - all.update.begin())];
    curve.push_back({update, static_cast<double>(seconds), number("loss"), number("bleu")});
  }
  return curve;
}

void measure_training(const RunFolder& folder, MeasuredModel& measured) {
  const RunState state = folder.read_state();
  const RunHistory history = read_run_history(folder.log_file());
  measured.updates = state.update;
  measured.seconds = state.seconds;
  measured.target_tokens = state.tokens;
  measured.tokens_per_second = median(history.updates.tokens_per_second);
  measured.curve = curve_of(history);
}

void measure_translations(const Translator& translator, const std::vector<TextPair>& test,
                          const ShuffledSources& shuffled, const MeasureOptions& options,
                          MeasuredModel& measured) {
  const Texts translations = translations_of(translator, test, options.beam),
              of_shuffled = translations_of(translator, shuffled.pairs, options.beam);
  Texts references;
  std::vector<Index> lengths;
  for (const TextPair& pair : test) {
    references.push_back(pair.target);
    lengths.push_back(std::ssize(translator.encode_source(pair.source)));
  }
  const BleuOptions words{.tokenization = options.bleu_tokenization};
  measured.bleu = bleu(translations, {references}, words).score;
  measured.chrf = chrf(translations, {references}).score;
  measured.by_length = scores_by_length(lengths, translations, references, words);
  measured.shuffled.bleu = bleu(of_shuffled, {references}, words).score;
  for (std::size_t i = 0; i < test.size(); ++i) {
    if (!shuffled.changed[i]) continue;
    ++measured.shuffled.changed;
    measured.shuffled.same += translations[i] == of_shuffled[i];
  }
}

nlohmann::ordered_json as_json(const GradientReach& reach) {
  return {{"step", reach.step},
          {"sentences", reach.sentences},
          {"target", reach.target},
          {"source", reach.source}};
}

}  // namespace

MeasuredModel measure(ComparedModel model, const std::filesystem::path& folder,
                      const std::vector<TextPair>& test, const MeasureOptions& options, Backend& backend,
                      std::uint64_t seed) {
  MeasuredModel measured;
  measured.model = model;
  measured.folder = folder.filename().string();
  measure_training(RunFolder(folder), measured);
  const ShuffledSources shuffled = shuffle_sources(test, static_cast<std::uint64_t>(options.shuffle_seed));
  const Translator translator(folder, backend);
  measured.summary = translator.model().config().summary();
  measure_translations(translator, test, shuffled, options, measured);

  const auto trained = load_without_dropout(folder, backend);
  measured.parameters = trained->store().count();
  const Index longest = trained->sizes().longest_sequence - 1;
  const ValidationSet in_order = make_validation_set(test, translator.tokenizers(), longest),
                      in_none = make_validation_set(shuffled.pairs, translator.tokenizers(), longest);
  measured.loss = loss_per_token(*trained, backend, in_order.examples, batch_tokens);
  measured.shuffled.loss = loss_per_token(*trained, backend, in_none.examples, batch_tokens);
  const Index step = options.gradient_step.value_or(late_step(in_order.examples));
  measured.trained = gradient_reach(*trained, backend, in_order.examples, step);
  measured.untrained =
      gradient_reach(*untrained_without_dropout(folder, backend, seed), backend, in_order.examples, step);
  return measured;
}

nlohmann::ordered_json as_json(const MeasuredModel& m) {
  nlohmann::ordered_json json{
      {"model", enum_name(m.model)},
      {"title", title_of(m.model)},
      {"folder", m.folder},
      {"summary", m.summary},
      {"parameters", m.parameters},
      {"updates", m.updates},
      {"seconds", m.seconds},
      {"target_tokens", m.target_tokens},
      {"tokens_per_second", m.tokens_per_second},
      {"bleu", m.bleu},
      {"chrf", m.chrf},
      {"loss", m.loss},
      {"by_length", nlohmann::ordered_json::array()},
      {"shuffled",
       {{"bleu", m.shuffled.bleu},
        {"loss", m.shuffled.loss},
        {"changed", m.shuffled.changed},
        {"same", m.shuffled.same}}},
      {"gradients", {{"trained", as_json(m.trained)}, {"untrained", as_json(m.untrained)}}},
      {"curve", nlohmann::ordered_json::array()},
  };
  for (const TranslationBucket& group : m.by_length)
    json["by_length"].push_back({{"from", group.from},
                                 {"to", group.to},
                                 {"sentences", group.sentences},
                                 {"bleu", group.bleu},
                                 {"chrf", group.chrf}});
  for (const CurvePoint& point : m.curve)
    json["curve"].push_back(
        {{"update", point.update}, {"seconds", point.seconds}, {"loss", point.loss}, {"bleu", point.bleu}});
  return json;
}

}  // namespace heed
