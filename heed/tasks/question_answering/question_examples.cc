#include "heed/tasks/question_answering/question_examples.h"

#include <algorithm>

namespace heed {

QuestionExamples::Span QuestionExamples::span_in(const QuestionWindow& window, const AnswerText& answer) {
  const auto first = std::ranges::find_if(window.text, [&](const PlacedToken& token) {
    return token.end > answer.begin && token.end > token.begin;
  });
  if (first == window.text.end() || first->begin >= answer.end()) return {};
  auto last = first;
  while (last + 1 != window.text.end() && (last + 1)->begin < answer.end()) ++last;
  // A part that is cut off by the window's border is no answer.
  const bool whole_start = first != window.text.begin() || first->begin <= answer.begin;
  const bool whole_end = last + 1 != window.text.end() || last->end >= answer.end();
  if (!whole_start || !whole_end) return {};
  return {static_cast<std::int32_t>(window.first + (first - window.text.begin())),
          static_cast<std::int32_t>(window.first + (last - window.text.begin()))};
}

QuestionExamples::QuestionExamples(const QuestionSet& set, const QuestionEncoder& encoder) {
  Index paragraph = -1;
  std::vector<PlacedToken> text;
  for (const Question& question : set.questions) {
    if (question.paragraph != paragraph) {
      paragraph = question.paragraph;
      text = encoder.text(set.paragraphs[static_cast<std::size_t>(paragraph)]);
    }
    for (const QuestionWindow& window : encoder.windows(question.text, text)) {
      Window& added = windows_.emplace_back();
      added.tokens.assign(window.tokens.begin(), window.tokens.end());
      added.first = window.first;
      for (const AnswerText& answer : question.answers) {
        const Span span = span_in(window, answer);
        if (std::ranges::find(added.answers, span) == added.answers.end()) added.answers.push_back(span);
      }
      // An answer that lies in the window outdoes those that do not.
      if (added.answers.size() > 1) std::erase(added.answers, Span{});
      if (added.answers.empty()) added.answers.push_back({});
      tokens_ += std::ssize(window.tokens);
      with_answer_ += added.answers.front() == Span{} ? 0 : 1;
    }
  }
}

Index QuestionExamples::rows(Index number, Index column) const {
  return column == 2 ? 2 : std::ssize(windows_[static_cast<std::size_t>(number)].tokens);
}

void QuestionExamples::append(Index number, Index epoch, std::span<Column> columns) const {
  const Window& window = windows_[static_cast<std::size_t>(number)];
  const Index count = std::ssize(window.tokens);
  columns[0].tokens.insert(columns[0].tokens.end(), window.tokens.begin(), window.tokens.end());
  std::vector<Index>& types = columns[1].tokens;
  types.insert(types.end(), static_cast<std::size_t>(window.first), 0);
  types.insert(types.end(), static_cast<std::size_t>(count - window.first), 1);
  const Span& answer = window.answers[static_cast<std::size_t>(epoch) % window.answers.size()];
  columns[2].tokens.insert(columns[2].tokens.end(), {answer.first, answer.last});
  columns[0].lengths.push_back(count);
  columns[1].lengths.push_back(count);
  columns[2].lengths.push_back(2);
}

}  // namespace heed
