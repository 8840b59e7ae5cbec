#pragma once
#include <algorithm>

#include "heed/corpus/filters/pair_filter.h"

namespace heed {

/// A side that is longer than any sentence: a page in one line, or what binary data left behind.
class TextLength final : public PairFilter {
 public:
  /// 0: any number.
  TextLength(Index most_characters, Index most_words)
      : most_characters_(most_characters), most_words_(most_words) {}

  FilterInfo info() const override {
    return {"lengths", "one side is too long for a sentence",
            "Cut such texts into sentences on both sides before training, or raise filter_max_characters and "
            "max_length if they are sentences."};
  }

  Finding judge(const ExaminedPair& pair) override {
    const TextProfile &a = pair.source.profile, &b = pair.target.profile;
    const bool too_long = (most_characters_ > 0 && std::max(a.characters, b.characters) > most_characters_) ||
                          (most_words_ > 0 && std::max(a.words, b.words) > most_words_);
    return too_long ? Finding::wrong : Finding::nothing;
  }

 private:
  Index most_characters_, most_words_;
};

}  // namespace heed
