#pragma once
#include <string>

#include "heed/corpus/filters/pair_filter.h"

namespace heed {

/// A side whose letters are in another script than the corpus': it is in another language. Which script a
/// side is in is told by an option, or by the beginning of the corpus. Short texts are only doubtful: names
/// keep their script.
class OtherScript final : public PairFilter {
 public:
  /// Codes ("Latn") or names of scripts, or languages ("de"); empty: as the corpus begins. ConfigError if ICU
  /// knows none of the name.
  OtherScript(const std::string& source, const std::string& target);

  FilterInfo info() const override {
    return {"scripts", "a side is in another script than the rest",
            "These are in another language, or the sides are swapped. Set filter_source_script and "
            "filter_target_script if the corpus does not begin with what is usual in it."};
  }

  void learn(std::span<const ExaminedPair> beginning) override;
  Finding judge(const ExaminedPair& pair) override;

 private:
  static Finding judge_side(const TextProfile& profile, std::int32_t expected);

  std::int32_t source_, target_;  // -1: any
};

}  // namespace heed
