#include "heed/corpus/report/fluency_report.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "heed/base/parallel.h"
#include "heed/corpus/filters/examined_block.h"
#include "heed/corpus/report/cross_fitted_model.h"
#include "heed/corpus/report/fluency_statistics.h"

namespace heed {
namespace {

using TextOf = std::string TextPair::*;

/// The fluency of one side, as it is found out.
class SideFluency {
 public:
  SideFluency(DataReport::Side& side, const FluencyModel& given, TextOf text, TextOf other, Index examples)
      : side_(side), given_(given), text_(text), other_(other), statistics_(examples) {
    if (given.model) return;
    // Half of the words belong to each of the two models.
    const double most = 2.0 * CrossFittedModel::most_words;
    learned_.emplace(std::min(1.0, most / static_cast<double>(std::max<Index>(side.words, 1))));
  }

  bool learns() const { return learned_.has_value(); }
  void learn(const TextPair& pair) { learned_->add(pair.*text_); }
  void settle() { learned_->finish(); }

  void score(const ExaminedBlock& block, const std::vector<std::size_t>& sound) {
    if (learned_ && !learned_->ready()) return;
    std::vector<FluencyScore> scores(sound.size());
    parallel_for(std::ssize(sound), 64, [&](Index begin, Index end) {
      for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i) {
        const std::string& text = block.pairs[sound[i]].*text_;
        scores[i] = learned_ ? learned_->score(text) : fluency(*given_.model, text);
      }
    });
    for (std::size_t i = 0; i < sound.size(); ++i) {
      const TextPair& pair = block.pairs[sound[i]];
      statistics_.add(scores[i], pair.*text_, pair.*other_, [&] { return block.places[sound[i]]; });
    }
  }

  void finish() {
    DataReport::Fluency result = statistics_.take();
    result.model = given_.name;
    result.order = learned_ ? CrossFittedModel::order : given_.model->order();
    result.learned_words = learned_ ? learned_->words() : 0;
    side_.fluency = std::move(result);
  }

 private:
  DataReport::Side& side_;
  const FluencyModel& given_;
  TextOf text_, other_;
  std::optional<CrossFittedModel> learned_;  // unless a model is given
  FluencyStatistics statistics_;
};

/// Calls visit(block, indices of sound pairs) for all of a corpus.
template <class Visit>
void for_each_block(const NamedCorpus& corpus, const std::function<void(Index)>& progress,
                    const Visit& visit) {
  const auto reader = corpus.open();
  Index read = 0;
  for (ExaminedBlock block = next_pairs(*reader); !block.pairs.empty(); block = next_pairs(*reader)) {
    std::vector<std::size_t> sound;
    for (std::size_t i = 0; i < block.pairs.size(); ++i)
      if (state_of(block.pairs[i]) == ExaminedPair::State::sound) sound.push_back(i);
    visit(block, sound);
    progress(read += std::ssize(block.pairs));
  }
}

}  // namespace

void report_fluency(DataReport& report, const NamedCorpus& corpus, const FluencyOptions& options,
                    const std::function<void(std::string_view done, Index pairs)>& progress) {
  std::vector<SideFluency> sides;
  if (options.source.model || options.learn)
    sides.emplace_back(report.source, options.source, &TextPair::source, &TextPair::target, options.examples);
  if (options.target.model || options.learn)
    sides.emplace_back(report.target, options.target, &TextPair::target, &TextPair::source, options.examples);
  if (sides.empty()) return;

  if (std::ranges::any_of(sides, &SideFluency::learns)) {
    for_each_block(
        corpus, [&](Index pairs) { progress("learned from", pairs); },
        [&](const ExaminedBlock& block, const std::vector<std::size_t>& sound) {
          for (SideFluency& side : sides)
            if (side.learns())
              for (const std::size_t i : sound) side.learn(block.pairs[i]);
        });
    for (SideFluency& side : sides)
      if (side.learns()) side.settle();
  }
  for_each_block(
      corpus, [&](Index pairs) { progress("scored", pairs); },
      [&](const ExaminedBlock& block, const std::vector<std::size_t>& sound) {
        for (SideFluency& side : sides) side.score(block, sound);
      });
  for (SideFluency& side : sides) side.finish();
}

}  // namespace heed
