#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "heed/answers/answer_settings.h"
#include "heed/answers/question_windows.h"
#include "heed/model/classifier.h"

namespace heed {

/// An answer to a question: a part of the text, or that there is none in it.
struct TextAnswer {
  bool none = false;
  std::string text;                // empty if there is none
  std::size_t begin = 0, end = 0;  // bytes of the text that it was found in
  double probability = 0;          // that the model gives its start and its end together
};

/// How questions are answered.
struct AnswerOptions {
  Index top = 1;  // answers to a question at most, the likeliest first
  std::optional<bool>
      may_be_unanswerable{};  // whether there may be none; not given: if the model has learned that
};

/// A text that questions are asked about, tokenized once for all of them.
struct AskedText {
  std::string text;
  std::vector<PlacedToken> tokens;
};

/// Questions about a text in, parts of the text out. Const and safe to share between threads.
class QuestionAnswerer {
 public:
  /// The model in a folder of the task question-answering. `backend` must outlive it. CheckpointError or
  /// FileError, saying which file and why, if the folder holds none.
  QuestionAnswerer(const std::filesystem::path& folder, Backend& backend);

  /// DataError for a text that is not UTF-8.
  AskedText read(std::string text) const;
  /// The likeliest answers, no two of them the same; none of a text without words, unless that may be one.
  /// DataError for a question that is not UTF-8.
  std::vector<TextAnswer> answer(std::string_view question, const AskedText& text,
                                 const AnswerOptions& options = {}) const;

  const Classifier& model() const { return *model_; }

 private:
  Backend* backend_;
  std::unique_ptr<Classifier> model_;
  LoadedAnswerSettings settings_;
  QuestionEncoder encoder_;
};

}  // namespace heed
