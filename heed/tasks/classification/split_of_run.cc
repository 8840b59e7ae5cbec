#include "heed/tasks/classification/split_of_run.h"

#include <algorithm>
#include <cmath>
#include <unordered_set>

#include "heed/training/held_out_file.h"

namespace heed {

namespace {

bool same_texts(const HeldOutTexts& kept, const std::vector<LabeledText>& texts) {
  const auto same = [](const auto& before, const LabeledText& now) {
    return before.first == now.label && before.second == now.text;
  };
  return std::ranges::equal(kept, texts, same);
}

}  // namespace

ValidationSplit split_of_run(const RunFolder& folder, std::vector<LabeledText> texts, std::uint64_t seed,
                             double share) {
  const auto kept = folder.holds_run() ? load_held_out(folder.held_out_file()) : std::nullopt;
  if (!kept) return validation_split(texts, seed, share);
  // Texts and options are as they were where the same ones are drawn again: then those that are learned from
  // stay in their order, too, and the run comes to the same bytes.
  if (std::ssize(texts) >= std::lround(1 / share)) {
    ValidationSplit drawn = validation_split(texts, seed, share);
    if (same_texts(*kept, drawn.validation)) return drawn;
  }
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
