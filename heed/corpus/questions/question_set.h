#pragma once
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "heed/base/index.h"

namespace heed {

/// A part of a paragraph that answers a question.
struct AnswerText {
  std::string text;
  std::size_t begin = 0;  // its first byte in the paragraph

  std::size_t end() const { return begin + text.size(); }
};

/// A question about a paragraph, and what people took for its answer: nothing if it has none there.
struct Question {
  std::string id, text;
  Index paragraph = 0;
  std::vector<AnswerText> answers = {};
};

/// Paragraphs and questions about them.
struct QuestionSet {
  std::vector<std::string> paragraphs;
  std::vector<Question> questions;
};

/// What to do with a question whose answer does not stand where it is said to.
enum class BadAnswers { refuse, skip };

/// The questions of files in SQuAD's JSON, versions 1.1 and 2.0 (Rajpurkar et al., 2016 and 2018), compressed
/// or not. `note` is told what is left out. DataError, with file and question, for what is no such JSON, for
/// two questions of one id, and for an answer that does not stand in its paragraph.
QuestionSet read_questions(std::span<const std::filesystem::path> files, BadAnswers bad = BadAnswers::refuse,
                           const std::function<void(const std::string&)>& note = {});

/// The same of one JSON text; `where` is what messages call it.
void add_questions(std::string_view json, const std::string& where, BadAnswers bad, QuestionSet& set,
                   Index& skipped);

/// Answers as SQuAD's evaluation reads them: a JSON object of texts by the questions' ids; an empty text says
/// that there is no answer.
std::string answers_json(std::span<const Question> questions, std::span<const std::string> answers);

}  // namespace heed
