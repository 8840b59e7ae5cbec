#include "heed/corpus/report/fluency_statistics.h"

#include <algorithm>
#include <functional>
#include <numbers>
#include <string_view>
#include <utility>

#include "heed/corpus/report/beginning.h"

namespace heed {

void FluencyStatistics::add(const FluencyScore& score, const std::string& text, const std::string& other_side,
                            const std::function<std::string()>& where) {
  const double log10_perplexity = -score.per_word() / std::numbers::ln10;
  all_.add(score);
  histogram_.add(log10_perplexity);
  const auto by_fluency = [](const Held& held) { return -held.sentence.log10_perplexity; };
  const auto place = std::ranges::upper_bound(least_fluent_, -log10_perplexity, {}, by_fluency);
  if (place == least_fluent_.end() && least_fluent_.size() >= examples_) return;
  const std::size_t hash = std::hash<std::string_view>()(text);
  if (std::ranges::find(least_fluent_, hash, &Held::hash) != least_fluent_.end()) return;
  least_fluent_.insert(place, {{.where = where(),
                                .log10_perplexity = log10_perplexity,
                                .words = score.words,
                                .unknown = score.unknown,
                                .text = beginning(text),
                                .other_side = beginning(other_side)},
                               hash});
  if (least_fluent_.size() > examples_) least_fluent_.pop_back();
}

DataReport::Fluency FluencyStatistics::take() {
  DataReport::Fluency result{.sentences = all_.sentences,
                             .words = all_.words,
                             .unknown = all_.unknown,
                             .impossible = all_.impossible,
                             .log10_perplexities = histogram_.histogram()};
  if (all_.sentences > 0) {
    result.perplexity = all_.perplexity();
    result.perplexity_of_known = all_.perplexity_of_known();
  }
  for (Held& held : least_fluent_) result.least_fluent.push_back(std::move(held.sentence));
  return result;
}

}  // namespace heed
