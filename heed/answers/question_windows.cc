#include "heed/answers/question_windows.h"

#include <algorithm>

#include "heed/base/error.h"

namespace heed {
namespace {

constexpr Index marks = 3;  // BOS and two EOS
constexpr Index smallest_window = 16;

}  // namespace

QuestionEncoder::QuestionEncoder(std::shared_ptr<const Tokenizer> tokenizer, const AnswerSettings& settings,
                                 const ModelSizes& sizes)
    : tokenizer_(std::move(tokenizer)),
      window_(std::min(settings.window, sizes.longest_sequence)),
      stride_(settings.window_stride),
      longest_question_(std::min(settings.longest_question, (window_ - marks) / 2)) {
  require<ConfigError>(window_ >= smallest_window, "questions: a window of ", window_,
                       " tokens holds no question and its text; take ", smallest_window,
                       " or more, of a model that sees as many (maximum_positions)");
}

std::vector<QuestionWindow> QuestionEncoder::windows(std::string_view question,
                                                     const std::vector<PlacedToken>& text) const {
  std::vector<Index> asked = tokenizer_->encode(question);
  if (std::ssize(asked) > longest_question_) asked.resize(static_cast<std::size_t>(longest_question_));
  const Index room = window_ - marks - std::ssize(asked), all = std::ssize(text);
  std::vector<QuestionWindow> windows;
  for (Index begin = 0;; begin += std::min(stride_, room)) {
    const Index end = std::min(begin + room, all);
    QuestionWindow window;
    window.tokens.push_back(special::bos);
    window.tokens.insert(window.tokens.end(), asked.begin(), asked.end());
    window.tokens.push_back(special::eos);
    window.first = std::ssize(window.tokens);
    window.text.assign(text.begin() + begin, text.begin() + end);
    for (const PlacedToken& token : window.text) window.tokens.push_back(token.id);
    window.tokens.push_back(special::eos);
    window.types.assign(window.tokens.size(), 1);
    std::fill_n(window.types.begin(), window.first, 0);
    windows.push_back(std::move(window));
    if (end == all) return windows;
  }
}

TokenBatch batch_of(std::span<const QuestionWindow* const> windows) {
  std::vector<Index> tokens, types, lengths;
  for (const QuestionWindow* window : windows) {
    tokens.insert(tokens.end(), window->tokens.begin(), window->tokens.end());
    types.insert(types.end(), window->types.begin(), window->types.end());
    lengths.push_back(std::ssize(window->tokens));
  }
  return {std::move(tokens), Segments::packed(lengths), std::move(types)};
}

}  // namespace heed
