#include "heed/training/model_card.h"

#include <fmt/format.h>

#include "heed/base/quantities.h"
#include "heed/base/settings_yaml.h"
#include "heed/base/version.h"

namespace heed {
namespace {

/// A text as a cell of a Markdown table.
std::string cell(std::string_view text) {
  std::string escaped;
  for (const char c : text) escaped += c == '|' ? "\\|" : std::string(1, c);
  return escaped;
}

}  // namespace

std::string model_card(const TrainingOutcome& outcome, RunOptions options, const ModelConfig& config,
                       const Examples& examples) {
  const ValidationResult& result = outcome.final;
  const ModelSizes sizes = sizes_of(config);
  std::string card = fmt::format(
      "# A translation model\n\n"
      "An {} trained by heed {}: {}, {} and {} pieces.\n\n"
      "| measured on the validation set | |\n|---|---|\n"
      "| BLEU (13a) | {:.2f} |\n| chrF2 | {:.2f} |\n| exact match | {:.1f} % |\n| perplexity of a token | "
      "{:.3f} |\n\n",
      kind_of(config), version(), summary_of(config), sizes.source_vocabulary, sizes.target_vocabulary,
      result.bleu, result.chrf, result.exact_match, result.perplexity);
  card += fmt::format(
      "The validation set chose the checkpoint, so expect a little less on new text. Translations above were "
      "made with "
      "a beam of {}.\n\n"
      "Trained on {} sentence pairs ({} source and {} target tokens) for {} updates in {}.\n\n",
      options.training.validation_beam, examples.size(), examples.source_tokens(), examples.target_tokens(),
      outcome.state.update, duration_text(outcome.state.seconds));
  if (!result.samples.empty()) {
    card += "## Samples\n\n| source | reference | translation |\n|---|---|---|\n";
    for (const auto& sample : result.samples)
      card += fmt::format("| {} | {} | {} |\n", cell(sample.source), cell(sample.reference),
                          cell(sample.translation));
    card += '\n';
  }
  card += "## Options\n\n```yaml\n" + yaml_text(options.settings()) + "```\n";
  return card;
}

}  // namespace heed
