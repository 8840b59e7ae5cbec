#include "heed/data/masked_chunks.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "heed/base/error.h"
#include "heed/text/mask_token.h"

namespace heed {
namespace {

/// Which random numbers of a seed say what is masked: not those of weights, batches or dropout.
constexpr std::uint64_t streams = std::uint64_t{0x3A5C} << 48;

constexpr float masked_share = 0.8f, replaced_share = 0.1f;

}  // namespace

MaskedChunks::MaskedChunks(std::shared_ptr<const DocumentChunks> chunks, WordStarts words, Index vocabulary,
                           const Masking& masking)
    : chunks_(std::move(chunks)), words_(std::move(words)), vocabulary_(vocabulary), masking_(masking) {
  require<ConfigError>(vocabulary_ > special::count, "masking: a vocabulary of ", vocabulary_,
                       " entries has no token to put in the place of another");
  require<ConfigError>(masking_.share > 0 && masking_.share < 1, "masking: a share of ", masking_.share,
                       " is to be guessed; give one between 0 and 1");
}

Index MaskedChunks::guessed_at_most(Index length) const {
  return std::max<Index>(std::lround(masking_.share * static_cast<double>(length)), 1);
}

Index MaskedChunks::rows(Index number, Index column) const {
  const Index length = chunks_->length(number);
  return column == 0 ? length + added : guessed_at_most(length);
}

std::vector<std::size_t> MaskedChunks::drawn_places(std::span<const Index> tokens, Random& random) const {
  std::vector<std::size_t> starts;
  if (masking_.unit == MaskUnit::words) {
    starts = words_(tokens);
  } else {
    starts.resize(tokens.size());
    std::iota(starts.begin(), starts.end(), std::size_t{0});
  }
  std::vector<std::size_t> order(starts.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t left = order.size(); left > 1; --left)
    std::swap(order[left - 1], order[random.below(static_cast<std::uint32_t>(left))]);

  const auto most = static_cast<std::size_t>(guessed_at_most(std::ssize(tokens)));
  std::vector<std::size_t> places;
  for (const std::size_t word : order) {
    const std::size_t begin = starts[word], end = word + 1 < starts.size() ? starts[word + 1] : tokens.size();
    // A word that is longer than all that is to be guessed is passed over, unless nothing is left then.
    if (places.size() + end - begin > most && !(places.empty() && word == order.back())) continue;
    for (std::size_t at = begin; at < end; ++at) places.push_back(at);
    if (places.size() >= most) break;
  }
  std::ranges::sort(places);
  return places;
}

void MaskedChunks::append(Index number, Index epoch, std::span<Column> columns) const {
  std::vector<Index> tokens = chunks_->chunk(number);
  Random random(masking_.seed,
                streams + (static_cast<std::uint64_t>(epoch) << 32) + static_cast<std::uint64_t>(number));
  const std::vector<std::size_t> places = drawn_places(tokens, random);
  Column &inputs = columns[0], &where = columns[1], &targets = columns[2];
  for (const std::size_t at : places) {
    where.tokens.push_back(static_cast<Index>(at) + 1);
    targets.tokens.push_back(tokens[at]);
    const float drawn = random.uniform();
    if (drawn < masked_share)
      tokens[at] = special::mask;
    else if (drawn < masked_share + replaced_share)
      tokens[at] = special::count + random.below(static_cast<std::uint32_t>(vocabulary_ - special::count));
  }
  inputs.tokens.push_back(special::bos);
  inputs.tokens.insert(inputs.tokens.end(), tokens.begin(), tokens.end());
  inputs.tokens.push_back(special::eos);
  inputs.lengths.push_back(std::ssize(tokens) + added);
  where.lengths.push_back(std::ssize(places));
  targets.lengths.push_back(std::ssize(places));
}

}  // namespace heed
