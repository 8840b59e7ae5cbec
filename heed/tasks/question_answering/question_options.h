#pragma once
#include <filesystem>
#include <vector>

#include "heed/answers/answer_settings.h"
#include "heed/text/tokenizers.h"

namespace heed {

/// Which questions a model learns from and is validated on.
struct QuestionDataOptions {
  std::vector<std::filesystem::path> train_questions, valid_questions;
  double validation_share = 0.1;
  bool skip_invalid = false;

  static constexpr std::string_view title = "Questions";
  static constexpr auto fields() {
    using O = QuestionDataOptions;
    return std::tuple(
        field("train_questions", &O::train_questions,
              "questions to learn from, with their paragraphs and answers: files in SQuAD's JSON, plain or "
              "compressed"),
        field("valid_questions", &O::valid_questions, "questions to validate on, likewise"),
        field("validation_share", &O::validation_share,
              "share of the paragraphs, the last ones, whose questions are held out to validate on if no "
              "others "
              "are given",
              {0.001, 0.5}),
        field("skip_invalid", &O::skip_invalid,
              "count questions whose answer does not stand in their paragraph and leave them out instead of "
              "stopping at the first"));
  }
};

/// What a run that learns to answer questions can be told besides what every run can.
struct QuestionAnsweringOptions {
  QuestionDataOptions data;
  AnswerSettings answers;
  TokenizerConfig tokenizer;
};

}  // namespace heed
