#pragma once
#include <vector>

#include "heed/decoding/prompts.h"
#include "heed/model/language_model.h"

namespace heed {

/// What happens where a sequence reaches the end of the model's context.
enum class ContextEnd {
  stop,   // it ends
  slide,  // the older half of the context is forgotten, and the rest read again
};

/// Texts that a language model goes on with: their prompts read in one pass, then a step a token.
class LanguageModelSession : public NextTokenModel {
 public:
  /// Reads all but the last token of each prompt; one longer than the context is forgotten from its beginning
  /// where that slides. ConfigError for an empty prompt, or one longer than a context that does not slide.
  LanguageModelSession(const LanguageModel& model, Backend& backend, const Prompts& prompts,
                       ContextEnd end = ContextEnd::stop);

  Backend& backend() const override { return pass_.backend(); }
  Index hypotheses() const override { return state_->sequences(); }
  Index context() const override;
  Tensor next(std::span<const Index> tokens) override;
  TopK top(std::span<const Index> tokens, Index k) override;
  void keep(std::span<const Index> numbers) override;

 private:
  void read(std::vector<std::vector<Index>> texts);
  void slide();
  /// What the logits after these tokens are made of.
  Variable step(std::span<const Index> tokens);

  const LanguageModel& model_;
  ContextEnd end_;
  Pass pass_;
  std::unique_ptr<DecodingState> state_;
  std::vector<std::vector<Index>> read_;  // of each sequence, where the context slides
};

}  // namespace heed
