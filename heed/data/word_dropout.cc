#include "heed/data/word_dropout.h"

#include "heed/base/random.h"
#include "heed/text/tokenizer.h"

namespace heed {

void WithWordDropout::append(Index example, Index epoch, std::span<Column> columns) const {
  // Which random numbers of a seed say what is dropped: not those of weights, batches or dropout.
  constexpr std::uint64_t streams = std::uint64_t{0x3D0D} << 48;
  examples_->append(example, epoch, columns);
  std::vector<Index>& tokens = columns.front().tokens;
  const auto end = static_cast<std::ptrdiff_t>(tokens.size());
  Random random(dropout_.seed,
                streams + (static_cast<std::uint64_t>(epoch) << 32) + static_cast<std::uint64_t>(example));
  for (auto i = end - columns.front().lengths.back(); i < end; ++i) {
    Index& token = tokens[static_cast<std::size_t>(i)];
    if (token != special::eos && token != special::bos &&
        static_cast<double>(random.uniform()) < dropout_.share)
      token = special::unk;
  }
}

}  // namespace heed
