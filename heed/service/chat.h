#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "heed/corpus/dialogues/dialogue.h"
#include "heed/service/generator.h"

namespace heed {

/// What a model answers in a dialogue.
struct ChatAnswer {
  std::vector<GeneratedText> texts;  // as many as there are samples
  Index left_out = 0;                // the oldest turns, which did not fit into its context
};

/// What a model that has learned from dialogues says next. Old turns make room for so many tokens as are
/// asked for, a quarter of the context at most. ConfigError for a model that has learned from running text,
/// and for a last turn that does not fit; DataError for text that is not UTF-8.
ChatAnswer answer_dialogue(const Generator& generator, const Dialogue& dialogue,
                           const GenerationConfig& config, std::uint64_t number = 0,
                           const TextObserver& observer = {});

/// How many tokens a dialogue and the mark of the answer have, as far as they fit.
Index chat_prompt_tokens(const Generator& generator, const Dialogue& dialogue,
                         const GenerationConfig& config);

/// One conversation with a model, which remembers what was said.
class Chat {
 public:
  /// `system` is what the model is told about itself; empty: nothing. The generator must outlive it.
  /// ConfigError for a model that has learned from running text.
  Chat(const Generator& generator, GenerationConfig config, std::string system = "");

  /// Says something and returns the answer, which is remembered, as is one that the observer ends. Errors as
  /// of answer_dialogue: then nothing was said.
  ChatAnswer say(std::string_view text, const TextObserver& observer = {});
  /// Takes back what the user said last, and the answer; false if nothing was said.
  bool undo();
  /// Forgets all that was said, but not what the system says.
  void reset();

  const Dialogue& dialogue() const { return dialogue_; }

 private:
  const Generator* generator_;
  GenerationConfig config_;
  Dialogue dialogue_;
  std::uint64_t said_ = 0;  // decides, with the seed, about random draws
};

}  // namespace heed
