#pragma once
#include <array>
#include <utility>
#include <vector>

#include "heed/base/error.h"
#include "heed/base/fields.h"
#include "heed/base/index.h"

namespace heed {

/// A model whose scores are not numbers: nothing can be searched for with it.
class ScoreError : public Error {
 public:
  using Error::Error;
};

/// Why a sequence ended.
enum class FinishReason {
  eos,       // the model wrote EOS
  stop,      // a stop token was written, or an observer found a stop text
  length,    // it reached its length limit, or the end of the model's context
  cancelled  // an observer cancelled the whole batch
};

template <>
struct EnumNames<FinishReason> {
  static constexpr std::array names{
      std::pair{"eos", FinishReason::eos}, std::pair{"stop", FinishReason::stop},
      std::pair{"length", FinishReason::length}, std::pair{"cancelled", FinishReason::cancelled}};
};

/// A sequence that a search has written. Log-probabilities are in nats.
struct Hypothesis {
  std::vector<Index> tokens = {};  // without the prompt, EOS and stop tokens
  double score = 0;                // what the search ranked by
  double log_probability = 0;      // of all tokens, the EOS or stop token that ended it too
  std::vector<float> token_log_probability =
      {};  // of each token, then of the EOS or stop token if one ended it
  FinishReason finish_reason = FinishReason::eos;

  /// Whether it came to its own end: false if it was cut off.
  bool complete() const { return finish_reason == FinishReason::eos || finish_reason == FinishReason::stop; }
};

}  // namespace heed
