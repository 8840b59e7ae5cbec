#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "heed/base/fields.h"
#include "heed/base/index.h"

namespace heed {

/// In which direction a measure gets better.
enum class Better { lower, higher };
template <>
struct EnumNames<Better> {
  static constexpr std::array names{std::pair{"lower", Better::lower}, std::pair{"higher", Better::higher}};
};

/// A number that says how well a model does.
struct Measure {
  std::string name;   // in logs and options: "bleu"
  std::string title;  // for people: "BLEU"
  double value = 0;   // not a number where the model's scores are none
  Better better = Better::higher;
  int digits = 2;  // shown behind the point
};

/// Whether a model is ruined by a measure of quality, if another one reaches `best`: it has less than half of
/// it, and more than 5 points less. Of a loss nothing is said: it grows while translations still get better.
bool far_below(const Measure& measure, double best);

/// Of some measures the one with a name; null if there is none.
const Measure* find_measure(const std::vector<Measure>& measures, std::string_view name);
/// "loss 1.2345  BLEU 38.98"
std::string measures_text(const std::vector<Measure>& measures, std::string_view separator = "  ");

/// An example, and what the model makes of it, as texts for people: "source", "reference", "translation".
struct Sample {
  std::vector<std::pair<std::string, std::string>> parts;
  std::string picture = {};  // that belongs to it: a PNG file; empty: none
};

/// Which of so many examples are shown as samples: spread over the set, the same at each validation, so that
/// one sees them get better.
std::vector<std::size_t> sample_places(std::size_t examples, Index samples);

/// How well a model does on examples of about the same length.
struct LengthBucket {
  Index from = 0, to = 0;  // tokens, both ends included
  Index examples = 0;
  std::vector<Measure> measures;
};

/// How well a model does on its validation set.
struct Validation {
  std::vector<Measure> measures;
  std::vector<Sample> samples;
  std::vector<LengthBucket> by_length;  // the shortest first

  /// The value of a measure. std::logic_error if there is none of this name.
  double value(std::string_view name) const;
};

}  // namespace heed
