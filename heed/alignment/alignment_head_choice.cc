#include "heed/alignment/alignment_head_choice.h"

#include <tuple>

#include "heed/alignment/lexical_translation.h"

namespace heed {

std::optional<AlignmentHead> choose_alignment_head(const EncoderDecoder& model, Backend& backend,
                                                   const std::vector<TokenPair>& pairs) {
  const LexicalTranslation lexical(pairs);
  std::map<std::tuple<std::string, Index, bool>, double> sums;  // of probabilities of links
  Index tokens = 0;
  const auto tell = [&](std::size_t number, const HeadMatrices& layers) {
    const TokenPair& pair = pairs[number];
    tokens += std::ssize(pair.target) - 1;
    // Many heads link a token to the same place.
    std::map<std::pair<Index, Index>, double> known;
    const auto posterior = [&](Index j, Index i) {
      const auto [place, fresh] = known.try_emplace({j, i});
      if (fresh) place->second = lexical.posterior(pair, j, i);
      return place->second;
    };
    for (const auto& [layer, heads] : layers)
      for (std::size_t head = 0; head < heads.size(); ++head)
        for (const bool shifted : {false, true}) {
          double& sum = sums[{layer, static_cast<Index>(head), shifted}];
          const std::vector<Index> places = most_looked_at(heads[head], shifted);
          for (std::size_t j = 0; j < places.size(); ++j)
            if (places[j] >= 0) sum += posterior(static_cast<Index>(j), places[j]);
        }
  };
  source_attention(model, backend, pairs, tell);
  std::optional<AlignmentHead> best;
  for (const auto& [place, sum] : sums) {
    const double agreement = tokens > 0 ? sum / static_cast<double>(tokens) : 0;
    const auto& [layer, head, shifted] = place;
    if (!best || agreement > best->agreement)
      best = AlignmentHead{.layer = layer, .head = head, .shifted = shifted, .agreement = agreement};
  }
  return best;
}

}  // namespace heed
