#pragma once
#include <memory>
#include <span>

#include "heed/data/examples.h"
#include "heed/dialogues/dialogue_encoder.h"

namespace heed {

/// Dialogues as examples with the columns of DialogueExample: inputs, places, targets.
struct DialogueExamples {
  std::shared_ptr<const Examples> examples;
  Index left_out = 0;  // responses that do not fit into the context

  Index tokens() const { return examples->tokens(0); }
  Index targets() const { return examples->tokens(2); }
};

DialogueExamples dialogue_examples(std::span<const Dialogue> dialogues, const DialogueEncoder& encoder);

}  // namespace heed
