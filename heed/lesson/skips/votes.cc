#include "heed/lesson/skips/votes.h"

#include <algorithm>
#include <map>

namespace heed {
namespace {

std::vector<Successor> shares(std::span<const Successor> successors) {
  const double all = total_weight(successors);
  std::vector<Successor> result(successors.begin(), successors.end());
  for (Successor& successor : result) successor.weight /= all;
  return result;
}

}  // namespace

double Votes::share(WordId word) const {
  const double all = total();
  for (const Successor& votes : tally)
    if (votes.word == word && all > 0) return votes.weight / all;
  return 0;
}

Votes vote(const SkipTable& table, std::span<const WordId> words, const PairMask* mask) {
  Votes votes;
  if (words.empty()) return votes;
  std::map<WordId, double> tally;
  const auto reach = static_cast<std::size_t>(table.reach()), recent = words.size() - 1;
  for (std::size_t earlier = reach == 0 || recent < reach ? 0 : recent - reach; earlier < recent; ++earlier) {
    const WordPair pair{words[earlier], words[recent]};
    PairVote vote{pair, mask && !mask->shows(pair), shares(table.after(pair))};
    for (const Successor& next : vote.for_words) tally[next.word] += vote.masked ? 0 : next.weight;
    votes.pairs.push_back(std::move(vote));
  }
  for (const auto& [word, count] : tally) votes.tally.push_back({word, count});
  return votes;
}

std::vector<Successor> predict_next(const SkipTable& table, std::span<const WordId> words,
                                    const PairMask* mask) {
  if (words.empty()) return {};
  const Votes votes = vote(table, words, mask);
  return shares(votes.total() > 0 ? votes.tally : table.after(words.back()));
}

}  // namespace heed
