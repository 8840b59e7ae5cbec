#pragma once
#include <cstdint>
#include <memory>

#include "heed/base/fields.h"
#include "heed/base/random.h"
#include "heed/data/dataset.h"
#include "heed/data/document_chunks.h"
#include "heed/text/word_starts.h"

namespace heed {

/// What is masked as one: all tokens of a word, which cannot be guessed from each other then, or each token
/// by itself.
enum class MaskUnit { words, tokens };
template <>
struct EnumNames<MaskUnit> {
  static constexpr std::array names{std::pair{"words", MaskUnit::words},
                                    std::pair{"tokens", MaskUnit::tokens}};
};

/// What is masked of a text, and by which random numbers.
struct Masking {
  double share = 0.15;
  MaskUnit unit = MaskUnit::words;
  std::uint64_t seed = 1;
};

/// Pieces of documents in which tokens are to be guessed (Devlin et al., 2019, section 3.1, task 1): of those
/// that are drawn, 80 % are masked, 10 % are another token of the vocabulary, and 10 % stay as they are.
/// Columns: BOS, the tokens with what was put in their places, EOS; the places of what is to be guessed, in
/// ascending order and counted from BOS, which is 0; what stood there. What is drawn follows from the seed,
/// the epoch and the chunk's number alone.
class MaskedChunks : public Dataset {
 public:
  /// BOS and EOS.
  static constexpr Index added = 2;

  /// `vocabulary`: entries from which other tokens are drawn, special ones not among these.
  MaskedChunks(std::shared_ptr<const DocumentChunks> chunks, WordStarts words, Index vocabulary,
               const Masking& masking);

  Index size() const override { return chunks_->size(); }
  Index columns() const override { return 3; }
  /// In the columns of places: as many as are guessed at most, but for a single word of more tokens.
  Index rows(Index number, Index column) const override;
  void append(Index number, Index epoch, std::span<Column> columns) const override;

 private:
  Index guessed_at_most(Index length) const;
  std::vector<std::size_t> drawn_places(std::span<const Index> tokens, Random& random) const;

  std::shared_ptr<const DocumentChunks> chunks_;
  WordStarts words_;
  Index vocabulary_;
  Masking masking_;
};

}  // namespace heed
