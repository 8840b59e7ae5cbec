#include "heed/tasks/question_answering/answer_validation.h"

#include <cmath>
#include <limits>

#include "heed/data/batches.h"
#include "heed/metrics/answer_match.h"
#include "heed/tasks/question_answering/span_loss.h"

namespace heed {
namespace {

double mean_loss(const Classifier& model, Backend& backend, const QuestionExamples& asked,
                 Index batch_tokens) {
  double sum = 0;
  for (const auto& numbers : plan_in_order(asked, batch_tokens)) {
    Pass pass = Pass::inference(backend);
    sum += static_cast<double>(backend.number(span_loss(model, pass, make_batch(asked, numbers)).value()));
  }
  return sum / static_cast<double>(asked.size());
}

std::string answer_text(const QuestionSet& set, const Question& question,
                        const std::vector<FoundAnswer>& found) {
  if (found.empty() || found.front().none) return {};
  const std::string& paragraph = set.paragraphs[static_cast<std::size_t>(question.paragraph)];
  return paragraph.substr(found.front().begin, found.front().end - found.front().begin);
}

std::string shown(std::string_view answer) { return answer.empty() ? "(none)" : std::string(answer); }

std::vector<Measure> measures(double f1, double exact, double loss) {
  return {{.name = "f1", .title = "F1", .value = f1},
          {.name = "exact_match", .title = "exact match", .value = exact},
          {.name = "loss", .title = "loss", .value = loss, .better = Better::lower, .digits = 4}};
}

}  // namespace

QuestionsInWindows in_windows(QuestionSet set, const QuestionEncoder& encoder) {
  QuestionsInWindows all;
  Index paragraph = -1;
  std::vector<PlacedToken> text;
  for (const Question& question : set.questions) {
    if (question.paragraph != paragraph) {
      paragraph = question.paragraph;
      text = encoder.text(set.paragraphs[static_cast<std::size_t>(paragraph)]);
    }
    for (QuestionWindow& window : encoder.windows(question.text, text))
      all.windows.push_back(std::move(window));
    all.ends.push_back(all.windows.size());
  }
  all.set = std::move(set);
  return all;
}

Validation validate_answers(const Classifier& model, Backend& backend, const QuestionsInWindows& questions,
                            const QuestionExamples& asked, const AnswerValidationOptions& options) {
  Validation all;
  const double loss = mean_loss(model, backend, asked, options.batch_tokens);
  if (!std::isfinite(loss)) {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    all.measures = measures(nan, nan, nan);
    return all;
  }
  const auto& [set, windows, ends] = questions;
  const std::vector<SpanScores> scores = span_scores(model, backend, windows, options.batch_tokens);
  AnswerMatch sum;
  std::vector<std::string> given;
  for (std::size_t i = 0, begin = 0; i < ends.size(); begin = ends[i++]) {
    const Question& question = set.questions[i];
    given.push_back(
        answer_text(set, question,
                    best_answers(std::span(windows).subspan(begin, ends[i] - begin),
                                 std::span(scores).subspan(begin, ends[i] - begin), options.search)));
    std::vector<std::string> references;
    for (const AnswerText& answer : question.answers) references.push_back(answer.text);
    const AnswerMatch match = answer_match(given.back(), references);
    sum.exact += match.exact, sum.f1 += match.f1;
  }
  const double percent = 100 / static_cast<double>(ends.size());
  all.measures = measures(percent * sum.f1, percent * sum.exact, loss);
  for (const std::size_t i : sample_places(ends.size(), options.samples)) {
    const Question& question = set.questions[i];
    all.samples.push_back({{{"question", question.text},
                            {"reference", shown(question.answers.empty() ? "" : question.answers[0].text)},
                            {"answer", shown(given[i])}}});
  }
  return all;
}

}  // namespace heed
