#include "heed/service/chat.h"

#include <algorithm>

#include "heed/dialogues/dialogue_encoder.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

void require_dialogues(const Generator& generator) {
  require<ConfigError>(
      generator.answers_dialogues(),
      "the model has learned from running text, not from dialogues; heed generate goes on with a "
      "text, heed train --train-dialogues --from makes a model that answers of it");
}

ChatPrompt prompt_of(const Generator& generator, const Dialogue& dialogue, const GenerationConfig& config) {
  require_dialogues(generator);
  for (const Turn& turn : dialogue) require_utf8(turn.text, "dialogue");
  const Index context = generator.model().sizes().longest_sequence;
  const Index room = std::max<Index>(std::min(config.max_tokens, context / 4), 1);
  return DialogueEncoder(*generator.tokenizers().source, context).prompt(dialogue, room);
}

}  // namespace

ChatAnswer answer_dialogue(const Generator& generator, const Dialogue& dialogue,
                           const GenerationConfig& config, std::uint64_t number,
                           const TextObserver& observer) {
  ChatPrompt prompt = prompt_of(generator, dialogue, config);
  return {generator.generate_after(std::move(prompt.tokens), config, number, observer), prompt.left_out};
}

Index chat_prompt_tokens(const Generator& generator, const Dialogue& dialogue,
                         const GenerationConfig& config) {
  return std::ssize(prompt_of(generator, dialogue, config).tokens);
}

Chat::Chat(const Generator& generator, GenerationConfig config, std::string system)
    : generator_(&generator), config_(std::move(config)) {
  require_dialogues(generator);
  if (!system.empty()) dialogue_.push_back({Role::system, std::move(system)});
}

ChatAnswer Chat::say(std::string_view text, const TextObserver& observer) {
  Dialogue next = dialogue_;
  next.push_back({Role::user, std::string(text)});
  ChatAnswer answer = answer_dialogue(*generator_, next, config_, said_, observer);
  next.push_back({Role::assistant, answer.texts.front().text});
  dialogue_ = std::move(next);
  ++said_;
  return answer;
}

bool Chat::undo() {
  const auto last = std::ranges::find(dialogue_.rbegin(), dialogue_.rend(), Role::user, &Turn::role);
  if (last == dialogue_.rend()) return false;
  dialogue_.erase(last.base() - 1, dialogue_.end());
  return true;
}

void Chat::reset() {
  std::erase_if(dialogue_, [](const Turn& turn) { return turn.role != Role::system; });
}

}  // namespace heed
