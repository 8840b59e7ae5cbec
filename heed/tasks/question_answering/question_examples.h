#pragma once
#include <memory>
#include <vector>

#include "heed/answers/question_windows.h"
#include "heed/corpus/questions/question_set.h"
#include "heed/data/dataset.h"

namespace heed {

/// Questions as windows of their paragraphs, with the places of their answers: what is learned from. Columns:
/// the tokens of a window, their types, and two places, those of the answer's first and last token, or 0 and
/// 0 where the window does not hold it. Where people gave several answers, each epoch takes the next of them.
class QuestionExamples : public Dataset {
 public:
  QuestionExamples(const QuestionSet& set, const QuestionEncoder& encoder);

  Index size() const override { return std::ssize(windows_); }
  Index columns() const override { return 3; }
  Index rows(Index number, Index column) const override;
  void append(Index number, Index epoch, std::span<Column> columns) const override;

  /// Of all windows.
  Index tokens() const { return tokens_; }
  /// Windows that hold an answer.
  Index with_answer() const { return with_answer_; }

 private:
  /// Places of an answer's first and last token in a window.
  struct Span {
    std::int32_t first = 0, last = 0;
    bool operator==(const Span&) const = default;
  };
  struct Window {
    std::vector<std::int32_t> tokens;
    Index first = 0;  // the place of the first token of type 1
    std::vector<Span> answers;
  };

  static Span span_in(const QuestionWindow& window, const AnswerText& answer);

  std::vector<Window> windows_;
  Index tokens_ = 0, with_answer_ = 0;
};

}  // namespace heed
