#include "heed/corpus/filters/filter_set.h"

#include <utility>

#include "heed/corpus/filters/broken_characters.h"
#include "heed/corpus/filters/copied_source.h"
#include "heed/corpus/filters/different_numbers.h"
#include "heed/corpus/filters/few_letters.h"
#include "heed/corpus/filters/length_ratio.h"
#include "heed/corpus/filters/many_translations.h"
#include "heed/corpus/filters/other_script.h"
#include "heed/corpus/filters/repeated_pairs.h"
#include "heed/corpus/filters/text_length.h"

namespace heed {
namespace {

constexpr std::size_t invalid = 0, empty = 1, always = 2;

}  // namespace

FilterSet FilterSet::reporting(const FilterOptions& o, HeldOutPairs held_out) {
  FilterSet set;
  const auto add = [&](FilterAction action, std::unique_ptr<PairFilter> filter) {
    if (action != FilterAction::off) set.entries_.push_back({std::move(filter), action});
  };
  add(o.characters, std::make_unique<BrokenCharacters>());
  add(o.scripts, std::make_unique<OtherScript>(o.source_script, o.target_script));
  add(o.symbols, std::make_unique<FewLetters>(o.max_symbols));
  add(o.lengths, std::make_unique<TextLength>(o.max_characters, o.max_words));
  add(o.ratios, std::make_unique<LengthRatio>(o.max_ratio));
  add(o.copies, std::make_unique<CopiedSource>(o.copied_words));
  add(o.numbers, std::make_unique<DifferentNumbers>());
  if (!held_out.empty()) add(o.overlap, std::make_unique<HeldOutOverlap>(std::move(held_out)));
  add(o.repeats, std::make_unique<RepeatedPairs>());
  add(o.translations, std::make_unique<ManyTranslations>());
  return set;
}

FilterSet FilterSet::dropping(const FilterOptions& options, HeldOutPairs held_out) {
  FilterSet set = reporting(options, std::move(held_out));
  // It never drops, and its memory grows with the corpus.
  std::erase_if(set.entries_, [](const Entry& entry) {
    return entry.action != FilterAction::drop || entry.filter->info().name == "translations";
  });
  return set;
}

FilterInfo FilterSet::info(std::size_t filter) const {
  if (filter == invalid)
    return {"invalid", "a side is not UTF-8",
            "Training stops at the first of them unless --skip-invalid is given. Convert the file: iconv "
            "does it, "
            "once its encoding is known."};
  if (filter == empty)
    return {"empty", "a side is empty",
            "If there are many, look whether the two sides still run side by side."};
  return entries_[filter - always].filter->info();
}

FilterAction FilterSet::action(std::size_t filter) const {
  return filter < always ? FilterAction::drop : entries_[filter - always].action;
}

void FilterSet::learn(std::span<const ExaminedPair> pairs) {
  for (Entry& entry : entries_) entry.filter->learn(pairs);
}

std::span<const Verdict> FilterSet::judge(const ExaminedPair& pair) {
  verdicts_.assign(size(), Verdict::keep);
  if (pair.state == ExaminedPair::State::invalid) {
    verdicts_[invalid] = Verdict::drop;
  } else if (pair.state == ExaminedPair::State::empty) {
    verdicts_[empty] = Verdict::drop;
  } else {
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      const Finding finding = entries_[i].filter->judge(pair);
      if (finding == Finding::nothing) continue;
      const bool drop = finding == Finding::wrong && entries_[i].action == FilterAction::drop;
      verdicts_[always + i] = drop ? Verdict::drop : Verdict::flag;
    }
  }
  return verdicts_;
}

}  // namespace heed
