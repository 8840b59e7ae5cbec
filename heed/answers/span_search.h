#pragma once
#include <span>
#include <vector>

#include "heed/answers/question_windows.h"
#include "heed/backend/backend.h"
#include "heed/model/classifier.h"

namespace heed {

/// The log-probability that an answer starts at each token of a window, and that it ends there: each adds up
/// to one over the window, BOS among it, which stands for no answer.
struct SpanScores {
  std::vector<float> start, end;  // by token of the window
};

/// A part of a text that answers a question, or nothing of it.
struct FoundAnswer {
  bool none = false;               // there is no answer in the text
  std::size_t begin = 0, end = 0;  // bytes of the text
  double log_probability = 0;      // of its start and its end in the window that gives it most
};

struct SpanSearchOptions {
  Index longest_answer = 30;  // tokens
  Index count = 1;            // answers that are returned at most, the likeliest first
  bool may_be_unanswerable = false;
};

/// What a model that classifies each token as a start and as an end says of windows. [tokens, 2] are its
/// logits. Windows are read in batches of about so many tokens.
std::vector<SpanScores> span_scores(const Classifier& model, Backend& backend,
                                    std::span<const QuestionWindow> windows, Index batch_tokens = 4096);

/// The likeliest answers of a question by its windows: no two of them are the same part of the text. Where
/// none may be the answer, it is among them with the smallest log-probability that a window gives it, since
/// one window that holds the answer is enough. No answers where the text is empty and none is not one.
std::vector<FoundAnswer> best_answers(std::span<const QuestionWindow> windows,
                                      std::span<const SpanScores> scores, const SpanSearchOptions& options);

}  // namespace heed
