#pragma once
#include <string>
#include <vector>

#include "heed/answers/span_search.h"
#include "heed/corpus/questions/question_set.h"
#include "heed/tasks/question_answering/question_examples.h"
#include "heed/training/validation.h"

namespace heed {

/// Questions to be answered, in windows: of question i those from ends[i - 1] to ends[i].
struct QuestionsInWindows {
  QuestionSet set;
  std::vector<QuestionWindow> windows;
  std::vector<std::size_t> ends;
};

QuestionsInWindows in_windows(QuestionSet set, const QuestionEncoder& encoder);

struct AnswerValidationOptions {
  Index samples = 3;
  Index batch_tokens = 4096;
  SpanSearchOptions search = {};
};

/// How well a model answers questions, at least one: exact match and F1 in percent by SQuAD's rules, and the
/// loss of `asked`, the same questions, in nats a window. Samples are questions, what people answered, and
/// the model's answer. Of a model whose scores are not numbers, no measure is one.
Validation validate_answers(const Classifier& model, Backend& backend, const QuestionsInWindows& questions,
                            const QuestionExamples& asked, const AnswerValidationOptions& options);

}  // namespace heed
