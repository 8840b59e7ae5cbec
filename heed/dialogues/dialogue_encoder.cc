#include "heed/dialogues/dialogue_encoder.h"

#include <algorithm>
#include <array>
#include <functional>

#include "heed/base/error.h"

namespace heed {
namespace {

/// The turns of a dialogue as tokens.
struct EncodedTurns {
  std::vector<std::vector<Index>> turns;
  Index head = 0;  // the system's turns that it begins with

  EncodedTurns(const DialogueEncoder& encoder, const Dialogue& dialogue) {
    for (const Turn& turn : dialogue) turns.push_back(encoder.turn(turn));
    while (head < size() && dialogue[static_cast<std::size_t>(head)].role == Role::system) ++head;
  }
  Index size() const { return std::ssize(turns); }
  const std::vector<Index>& operator[](Index turn) const { return turns[static_cast<std::size_t>(turn)]; }

  /// Tokens of the turns from `begin` on that lie before `end`, and of the head.
  Index tokens(Index begin, Index end) const { return sum(0, head) + sum(begin, end); }

 private:
  Index sum(Index begin, Index end) const {
    Index all = 0;
    for (Index i = begin; i < end; ++i) all += std::ssize((*this)[i]);
    return all;
  }
};

/// The head and the turns from `begin` on that lie before `end`; of the responses from `learned` on the
/// tokens are targets.
DialogueExample example_of(const EncodedTurns& encoded, const Dialogue& dialogue, Index begin, Index end,
                           Index learned) {
  DialogueExample example;
  const std::size_t mark = role_mark(Role::assistant).size();
  const auto add = [&](Index turn) {
    const std::vector<Index>& tokens = encoded[turn];
    if (turn >= learned && dialogue[static_cast<std::size_t>(turn)].response())
      for (std::size_t i = mark; i < tokens.size(); ++i) {
        example.places.push_back(std::ssize(example.inputs) + static_cast<Index>(i) - 1);
        example.targets.push_back(tokens[i]);
      }
    example.inputs.insert(example.inputs.end(), tokens.begin(), tokens.end());
  };
  for (Index turn = 0; turn < encoded.head; ++turn) add(turn);
  for (Index turn = begin; turn < end; ++turn) add(turn);
  example.inputs.pop_back();  // nothing comes after it
  return example;
}

}  // namespace

std::span<const Index> role_mark(Role role) {
  static constexpr std::array user{special::bos}, assistant{special::pad};
  static constexpr std::array system{special::pad, special::bos}, tool{special::pad, special::pad};
  switch (role) {
    case Role::system:
      return system;
    case Role::user:
      return user;
    case Role::assistant:
      return assistant;
    case Role::tool:
      break;
  }
  return tool;
}

std::vector<Index> DialogueEncoder::turn(const Turn& turn) const {
  const std::span<const Index> mark = role_mark(turn.role);
  std::vector<Index> tokens(mark.begin(), mark.end());
  const std::vector<Index> text = tokenizer_->encode(turn.text);
  tokens.insert(tokens.end(), text.begin(), text.end());
  if (turn.role == Role::assistant) tokens.push_back(special::eos);
  return tokens;
}

std::vector<DialogueExample> DialogueEncoder::examples(const Dialogue& dialogue, Index& left_out) const {
  const EncodedTurns encoded(*this, dialogue);
  const Index limit = context_ + 1;  // the last token is only predicted
  const auto next_response = [&](Index from) {
    const auto found = std::find_if(dialogue.begin() + from, dialogue.end(), std::mem_fn(&Turn::response));
    return static_cast<Index>(found - dialogue.begin());
  };
  std::vector<DialogueExample> all;
  Index begin = encoded.head;
  for (Index learned = 0, response; (response = next_response(learned)) < encoded.size();) {
    const Index latest = std::max(encoded.head, response - 1);
    while (learned > 0 && begin < latest && encoded.tokens(begin, learned) > context_ / 2) ++begin;
    while (begin < latest && encoded.tokens(begin, response + 1) > limit) ++begin;
    if (encoded.tokens(begin, response + 1) > limit) {
      ++left_out;
      learned = response + 1;
      continue;
    }
    Index end = response + 1;
    for (Index next;
         (next = next_response(end)) < encoded.size() && encoded.tokens(begin, next + 1) <= limit;)
      end = next + 1;
    all.push_back(example_of(encoded, dialogue, begin, end, learned));
    learned = end;
  }
  return all;
}

ChatPrompt DialogueEncoder::prompt(const Dialogue& dialogue, Index room) const {
  const EncodedTurns encoded(*this, dialogue);
  const std::span<const Index> mark = role_mark(Role::assistant);
  const Index last = std::max(encoded.size() - 1, encoded.head),
              available = context_ - room - std::ssize(mark);
  Index begin = encoded.head;
  while (begin < last && encoded.tokens(begin, encoded.size()) > available) ++begin;
  const Index tokens = encoded.tokens(begin, encoded.size());
  require<ConfigError>(tokens <= available, "the last turn and those of the system have ", tokens,
                       " tokens, but the model's context of ", context_, " has room for ",
                       std::max<Index>(available, 0), " beside an answer; make them shorter");
  ChatPrompt prompt{.tokens = {}, .left_out = begin - encoded.head};
  const auto add = [&](std::span<const Index> more) {
    prompt.tokens.insert(prompt.tokens.end(), more.begin(), more.end());
  };
  for (Index turn = 0; turn < encoded.head; ++turn) add(encoded[turn]);
  for (Index turn = begin; turn < encoded.size(); ++turn) add(encoded[turn]);
  add(mark);
  return prompt;
}

}  // namespace heed
