#pragma once
#include <span>
#include <vector>

#include "heed/corpus/dialogues/dialogue.h"
#include "heed/text/tokenizer.h"

namespace heed {

/// The tokens that a turn of a role begins with. They are ids that no tokenizer makes of a text, so that
/// nobody can write them, and that every vocabulary has, so that a model of running text can be trained
/// further on dialogues: BOS for the user, padding for the assistant, which fills nothing in a packed batch;
/// both for the system, padding twice for a tool. An assistant's turn ends with EOS: what it begins with is
/// never empty, so these cannot be confused.
std::span<const Index> role_mark(Role role);

/// A dialogue, or some turns of one, as a model learns from it.
struct DialogueExample {
  std::vector<Index> inputs;           // all tokens but the last
  std::vector<Index> places, targets;  // the inputs after which a token of a response comes, and that token
};

/// What a model reads before it answers.
struct ChatPrompt {
  std::vector<Index> tokens;
  Index left_out = 0;  // the oldest turns, which do not fit
};

/// Dialogues as tokens, for a model that sees `context` of them at once. Both must outlive it.
class DialogueEncoder {
 public:
  DialogueEncoder(const Tokenizer& tokenizer, Index context) : tokenizer_(&tokenizer), context_(context) {}

  /// Mark, text and, of the assistant, EOS.
  std::vector<Index> turn(const Turn& turn) const;

  /// A dialogue is one example if it fits. Of a longer one each response is learned once, after as many whole
  /// turns as fit: half a context of history at least, if there is so much, and the system's turns that a
  /// dialogue begins with always. A response that does not fit together with the turn before it is added to
  /// `left_out`.
  std::vector<DialogueExample> examples(const Dialogue& dialogue, Index& left_out) const;

  /// A dialogue that the assistant is to answer, and the mark of its turn. The oldest turns are left out
  /// until `room` tokens of an answer fit, too; the system's turns that it begins with and the last turn
  /// stay. ConfigError if these alone are too long.
  ChatPrompt prompt(const Dialogue& dialogue, Index room) const;

  Index context() const { return context_; }

 private:
  const Tokenizer* tokenizer_;
  Index context_;
};

}  // namespace heed
