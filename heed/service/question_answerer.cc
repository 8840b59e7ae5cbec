#include "heed/service/question_answerer.h"

#include <cmath>

#include "heed/answers/span_search.h"
#include "heed/checkpoint/model_folder.h"
#include "heed/text/tokenizers.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

std::unique_ptr<Classifier> load(const std::filesystem::path& folder, Backend& backend) {
  const std::string task = load_task(folder);
  require<CheckpointError>(task == question_answering, folder.string(), ": holds a model for ", task,
                           ", but this takes one for ", question_answering);
  auto model =
      load_model_as<Classifier>(folder, ParameterStore::Purpose::inference, Placement::prepacked(backend));
  require<CheckpointError>(model->pooling() == Pooling::none && model->sizes().outputs == 2, folder.string(),
                           ": its model does not tell the first and the last token of an answer");
  return model;
}

QuestionEncoder encoder_of(const std::filesystem::path& folder, const Classifier& model,
                           const AnswerSettings& settings) {
  const Tokenizers tokenizers = load_tokenizers(folder);
  require<CheckpointError>(tokenizers.source->vocabulary_size() == model.sizes().inputs, folder.string(),
                           ": its tokenizer has ", tokenizers.source->vocabulary_size(),
                           " entries, but its model ", model.sizes().inputs, "; copy the whole folder again");
  return {tokenizers.source, settings, model.sizes()};
}

}  // namespace

QuestionAnswerer::QuestionAnswerer(const std::filesystem::path& folder, Backend& backend)
    : backend_(&backend),
      model_(load(folder, backend)),
      settings_(load_answer_settings(folder)),
      encoder_(encoder_of(folder, *model_, settings_.settings)) {}

AskedText QuestionAnswerer::read(std::string text) const {
  require_utf8(text, "the text");
  std::vector<PlacedToken> tokens = encoder_.text(text);
  return {std::move(text), std::move(tokens)};
}

std::vector<TextAnswer> QuestionAnswerer::answer(std::string_view question, const AskedText& text,
                                                 const AnswerOptions& options) const {
  require_utf8(question, "the question");
  const std::vector<QuestionWindow> windows = encoder_.windows(question, text.tokens);
  std::vector<TextAnswer> answers;
  for (const FoundAnswer& found : best_answers(
           windows, span_scores(*model_, *backend_, windows),
           {.longest_answer = settings_.settings.longest_answer,
           .count = options.top,
           .may_be_unanswerable = options.may_be_unanswerable.value_or(settings_.known.may_be_unanswerable)}))
    answers.push_back({.none = found.none,
                       .text = text.text.substr(found.begin, found.end - found.begin),
                       .begin = found.begin,
                       .end = found.end,
                       .probability = std::exp(found.log_probability)});
  return answers;
}

}  // namespace heed
