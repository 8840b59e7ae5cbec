#include "heed/service/task_predictors.h"

#include "heed/service/question_answerer.h"
#include "heed/text/one_line.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

class AnswerPredictor : public Predictor {
 public:
  AnswerPredictor(const std::filesystem::path& folder, Backend& backend, const PredictorOptions&)
      : answerer_(folder, backend) {}

  std::vector<Prediction> operator()(std::span<const std::string> lines, std::uint64_t first) const override {
    std::vector<Prediction> all;
    for (const std::string& line : lines) {
      const auto [question, context] = asked_in(line, message("line ", first + all.size() + 1));
      const AskedText text = answerer_.read(context);
      const std::vector<TextAnswer> answers = answerer_.answer(question, text);
      const TextAnswer best = answers.empty() ? TextAnswer{.none = true, .text = {}} : answers.front();
      all.push_back({with_escaped_breaks(best.text),
                     {{"answer", best.text},
                      {"found", !best.none},
                      {"start", count_code_points(std::string_view(context).substr(0, best.begin))},
                      {"end", count_code_points(std::string_view(context).substr(0, best.end))},
                      {"probability", best.probability}}});
    }
    return all;
  }

 private:
  /// The texts of {"question": ..., "context": ...}. DataError, beginning with `where`, for another line.
  static std::pair<std::string, std::string> asked_in(const std::string& line, const std::string& where) {
    const auto json = nlohmann::json::parse(line, nullptr, /*allow_exceptions=*/false);
    const auto text = [&](const char* name) {
      const bool there = json.is_object() && json.contains(name) && json.at(name).is_string();
      require<DataError>(there, where,
                         ": expected a JSON object with the texts \"question\" and \"context\"");
      return json.at(name).get<std::string>();
    };
    return {text("question"), text("context")};
  }

  QuestionAnswerer answerer_;
};

}  // namespace

std::unique_ptr<Predictor> answer_predictor(const std::filesystem::path& folder, Backend& backend,
                                            const PredictorOptions& options) {
  return std::make_unique<AnswerPredictor>(folder, backend, options);
}

}  // namespace heed
