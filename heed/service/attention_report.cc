#include "heed/service/attention_report.h"

#include <algorithm>

#include "heed/base/quantities.h"
#include "heed/service/inspection.h"
#include "heed/text/masked_text.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

// The wiggles are plain to see in as many positions as a long sentence has.
constexpr Index plotted_positions = 64;

/// Each head's weights, of [heads, queries, keys].
std::vector<AttentionReport::Map> maps_of(const Tensor& weights) {
  const Index queries = weights.size(1), keys = weights.size(2);
  std::vector<AttentionReport::Map> heads;
  for (Index head = 0; head < weights.size(0); ++head) {
    const float* first = weights.data() + head * queries * keys;
    heads.push_back({queries, keys, std::vector<float>(first, first + queries * keys)});
  }
  return heads;
}

/// By the name of the attention's layer.
AttentionReport::Maps& maps_at(AttentionReport& report, std::string_view layer) {
  if (layer.starts_with("encoder")) return report.encoder;
  return layer.ends_with("self_attention") ? report.decoder : report.cross;
}

std::vector<std::pair<std::string, std::string>> facts(const Model& model) {
  std::vector<std::pair<std::string, std::string>> all = model.config().facts();
  all.emplace_back("parameters", count_text(static_cast<double>(model.store().count())));
  return all;
}

/// Puts the maps of each layer where the report has those of its kind.
InspectionOptions with_maps_in(AttentionReport& report) {
  return {.weights = [&report](std::string_view layer, const Tensor& weights) {
    maps_at(report, layer).push_back(maps_of(weights));
  }};
}

void add_inspection(AttentionReport& report, Inspection seen) {
  report.source_tokens = std::move(seen.source_tokens);
  report.target_tokens = std::move(seen.target_tokens);
  report.target_inputs = std::move(seen.target_inputs);
  report.token_log_probabilities = std::move(seen.token_log_probabilities);
}

/// What the model writes, as the very tokens that the search found: those that its tokenizer makes of the
/// text may be others.
std::pair<std::string, std::vector<Index>> own_translation(const Translator& translator,
                                                           const std::string& text, DecodingConfig decoding) {
  decoding.split = false;
  Translation own = translator.translate(std::span(&text, 1), decoding)[0].translations[0];
  // Where it was cut off, nothing is known of its end; an attention map needs a token at least.
  if (own.complete || own.ids.empty()) own.ids.push_back(special::eos);
  return {std::move(own.text), std::move(own.ids)};
}

}  // namespace

AttentionReport attention_report(const Translator& translator, const std::string& text,
                                 const std::string& translation, const DecodingConfig& decoding) {
  const EncoderDecoder& model = translator.model();
  AttentionReport report;
  report.title = "What this model attends to";
  report.facts = facts(model);
  report.source_text = text;
  require_utf8(text, "attention: the text");
  require_utf8(translation, "attention: the translation");
  // What cannot be looked at is not translated first.
  const Index source = std::ssize(translator.encode_source(text));
  const bool fits = source > 1 && source <= translator.longest_source();
  auto [written, target] = translation.empty() && fits
                               ? own_translation(translator, text, decoding)
                               : std::pair{translation, translation_tokens(translator, translation)};
  report.translation = std::move(written);
  add_inspection(report, inspect(translator, text, target, with_maps_in(report)));
  if (const Variable& table = model.positions()) {
    report.width = table.size(1);
    report.positions = std::min(plotted_positions, table.size(0));
    report.positional_encoding = translator.backend().numbers(table.value().narrow(0, 0, report.positions));
  }
  return report;
}

AttentionReport attention_report(const Generator& generator, const std::string& text) {
  AttentionReport report;
  report.title = "What this model attends to";
  report.facts = facts(generator.model());
  report.translation_title = "Text";
  report.translation = text;
  add_inspection(report, inspect(generator, text, with_maps_in(report)));
  return report;
}

AttentionReport attention_report(const MaskFiller& filler, const std::string& text) {
  const AttentionOfText seen = filler.attention(text);
  require<DataError>(seen.tokens.size() > 2,
                     "attention: the text has no tokens to look at; give a longer one");
  AttentionReport report;
  report.title = "What this model attends to";
  report.facts = facts(filler.model());
  report.source_title = "Text";
  report.translation_title = "Filled in";
  report.source_text = text;
  report.source_tokens = seen.tokens;
  for (const auto& [layer, weights] : seen.layers) report.encoder.push_back(maps_of(weights));
  if (text.find(mask_text) != text.npos) report.translation = filler.fill(text).text;
  return report;
}

}  // namespace heed
