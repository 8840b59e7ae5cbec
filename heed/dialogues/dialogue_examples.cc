#include "heed/dialogues/dialogue_examples.h"

namespace heed {

DialogueExamples dialogue_examples(std::span<const Dialogue> dialogues, const DialogueEncoder& encoder) {
  DialogueExamples made;
  const auto examples = std::make_shared<Examples>(3);
  for (const Dialogue& dialogue : dialogues)
    for (const DialogueExample& example : encoder.examples(dialogue, made.left_out))
      examples->add({example.inputs, example.places, example.targets});
  made.examples = examples;
  return made;
}

}  // namespace heed
