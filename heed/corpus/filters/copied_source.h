#pragma once
#include "heed/corpus/filters/pair_filter.h"

namespace heed {

/// A target that is the source again, but for case and punctuation: a model learns from such pairs to leave
/// text untranslated. Names and numbers are the same in both languages, so shorter copies are only doubtful.
class CopiedSource final : public PairFilter {
 public:
  explicit CopiedSource(Index words) : words_(words) {}

  FilterInfo info() const override {
    return {"copies", "the target is a copy of the source",
            "Left in, these teach the model to leave text untranslated. Lower filter_copied_words to drop "
            "shorter "
            "copies too, if they are not names."};
  }

  Finding judge(const ExaminedPair& pair) override {
    const TextProfile& profile = pair.source.profile;
    if (pair.source.loose != pair.target.loose || profile.letters == 0) return Finding::nothing;
    // Scripts without spaces: a word is about five units of width.
    const Index words =
        std::max(profile.words,
                 script_family(profile.main_script()) == script_of_han() ? profile.width / 5 : Index{0});
    return words >= words_ ? Finding::wrong : Finding::doubtful;
  }

 private:
  static std::int32_t script_of_han() {
    static const std::int32_t script = script_of("Hani");
    return script;
  }

  Index words_;
};

}  // namespace heed
