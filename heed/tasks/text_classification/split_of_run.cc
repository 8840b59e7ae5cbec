#include "heed/tasks/text_classification/split_of_run.h"

#include <unordered_set>

#include "heed/training/held_out_file.h"

namespace heed {

ValidationSplit split_of_run(const RunFolder& folder, std::vector<LabeledText> texts, std::uint64_t seed,
                             double share) {
  const auto kept = folder.holds_run() ? load_held_out(folder.held_out_file()) : std::nullopt;
  if (!kept) return validation_split(texts, seed, share);
  ValidationSplit split;
  std::unordered_set<std::string> held_out;
  for (const auto& [label, text] : *kept) {
    held_out.insert(text);
    split.validation.push_back({label, text});
  }
  std::erase_if(texts, [&](const LabeledText& each) { return held_out.contains(each.text); });
  split.training = std::move(texts);
  return split;
}

void keep_validation(const RunFolder& folder, const std::vector<LabeledText>& validation) {
  HeldOutTexts texts;
  for (const LabeledText& each : validation) texts.emplace_back(each.label, each.text);
  save_held_out(folder.held_out_file(), texts);
}

}  // namespace heed
