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
  for (const char c : text) escaped += c == '|' ? "\\|" : c == '\n' ? "<br>" : std::string(1, c);
  return escaped;
}

}  // namespace

std::string model_card(const Task& task, const TrainingOutcome& outcome, const ModelConfig& config,
                       const Settings& options) {
  std::string card = fmt::format(
      "# A model for {}\n\nAn {} trained by heed {}: {}.\n\n| measured on the validation set | "
      "|\n|---|---|\n",
      task.name(), config.architecture().kind, version(), config.summary());
  for (const Measure& measure : outcome.final.measures)
    card += fmt::format("| {} | {:.{}f} |\n", measure.title, measure.value, measure.digits);
  card += fmt::format(
      "\nThe validation set chose the checkpoint, so expect a little less on new data. {}Trained for {} "
      "updates in "
      "{}.\n\n",
      task.card_text(), outcome.state.update, duration_text(outcome.state.seconds));
  if (!outcome.final.samples.empty()) {
    card += "## Samples\n\n";
    std::string names = "|", lines = "|";
    for (const auto& [name, text] : outcome.final.samples.front().parts)
      names += " " + cell(name) + " |", lines += "---|";
    card += names + "\n" + lines + "\n";
    for (const Sample& sample : outcome.final.samples) {
      card += "|";
      for (const auto& [name, text] : sample.parts) card += " " + cell(text) + " |";
      card += "\n";
    }
    card += "\n";
  }
  card += "## Options\n\n```yaml\n" + yaml_text(options) + "```\n";
  return card;
}

}  // namespace heed
