#pragma once
#include <filesystem>

#include "heed/base/fields.h"

namespace heed {

/// What models are for that find answers in a text, in the word of Hugging Face's hub.
inline constexpr std::string_view question_answering = "question-answering";

/// How questions and texts are put before a model, and what it may answer: answers.json in its folder.
struct AnswerSettings {
  Index window = 384, window_stride = 128, longest_question = 64, longest_answer = 30;

  static constexpr std::string_view title = "Questions";
  static constexpr auto fields() {
    using S = AnswerSettings;
    return std::tuple(
        field(
            "window", &S::window,
            "tokens of a question and a part of its text that are read at once, at most as many as the model "
            "sees (maximum_positions)",
            {16, 1 << 20}),
        field("window_stride", &S::window_stride,
              "tokens from the beginning of a part of the text to that of the next: parts overlap",
              {1, 1 << 20}),
        field("longest_question", &S::longest_question,
              "tokens of a question that are read, the first ones; never more than half a window",
              {1, 1 << 20}),
        field("longest_answer", &S::longest_answer, "tokens of the longest answer that is given",
              {1, 1 << 20}));
  }
};

/// What else is known of a model's answers: whether it has met questions without one.
struct KnownAnswers {
  bool may_be_unanswerable = false;

  static constexpr auto fields() {
    return std::tuple(field("may_be_unanswerable", &KnownAnswers::may_be_unanswerable,
                            "whether questions without an answer were among those it learned from"));
  }
};

/// Both, written whole or not at all.
void save_answer_settings(const std::filesystem::path& folder, AnswerSettings settings, KnownAnswers known);

struct LoadedAnswerSettings {
  AnswerSettings settings;
  KnownAnswers known;
};
/// The defaults where the folder says nothing. CheckpointError if the file is damaged.
LoadedAnswerSettings load_answer_settings(const std::filesystem::path& folder);

}  // namespace heed
