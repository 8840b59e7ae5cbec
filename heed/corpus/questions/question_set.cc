#include "heed/corpus/questions/question_set.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <unordered_set>

#include "heed/base/error.h"
#include "heed/base/json_text.h"
#include "heed/io/whole_text.h"
#include "heed/text/code_points.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

using Json = nlohmann::json;

/// The byte at which a character of a text begins; beyond its end if it has fewer.
std::size_t byte_of_character(std::string_view text, Index character) {
  std::size_t at = 0;
  for (Index i = 0; i < character && at < text.size(); ++i) next_code_point(text, at);
  return character < 0 || (at == text.size() && character > count_code_points(text)) ? text.size() + 1 : at;
}

std::string text_at(const Json& object, const char* name, const std::string& where) {
  const auto found = object.is_object() ? object.find(name) : object.end();
  require<DataError>(found != object.end() && found->is_string(), where, ": has no text \"", name,
                     "\"; is it SQuAD's JSON?");
  return found->get<std::string>();
}

const Json& list_at(const Json& object, const char* name, const std::string& where) {
  require<DataError>(object.is_object() && object.contains(name) && object.at(name).is_array(), where,
                     ": has no list \"", name, "\"; is it SQuAD's JSON?");
  return object.at(name);
}

/// The answers of a question, each once. DataError if one does not stand in the paragraph.
std::vector<AnswerText> answers_of(const Json& question, std::string_view paragraph,
                                   const std::string& where) {
  std::vector<AnswerText> all;
  const auto impossible = question.find("is_impossible");
  if (!question.contains("answers") || (impossible != question.end() && *impossible == true)) return all;
  for (const Json& json : list_at(question, "answers", where)) {
    AnswerText answer{.text = text_at(json, "text", where)};
    const auto start = json.find("answer_start");
    require<DataError>(start != json.end() && start->is_number_integer(), where,
                       ": an answer has no whole number \"answer_start\"");
    answer.begin = byte_of_character(paragraph, start->get<Index>());
    require<DataError>(!answer.text.empty() && answer.begin < paragraph.size() &&
                           paragraph.substr(answer.begin).starts_with(answer.text),
                       where, ": its answer '", printable(answer.text), "' does not stand at character ",
                       start->get<Index>(),
                       " of its paragraph; mend it, or leave such questions out with --skip-invalid");
    const auto same = [&](const AnswerText& other) {
      return other.begin == answer.begin && other.text == answer.text;
    };
    if (std::ranges::none_of(all, same)) all.push_back(std::move(answer));
  }
  return all;
}

}  // namespace

void add_questions(std::string_view json, const std::string& where, BadAnswers bad, QuestionSet& set,
                   Index& skipped) {
  Json root;
  try {
    root = Json::parse(json);
  } catch (const Json::exception& error) {
    throw DataError(message(where, ": is no JSON: ", error.what()));
  }
  std::unordered_set<std::string> ids;
  for (const Question& question : set.questions) ids.insert(question.id);
  for (const Json& article : list_at(root, "data", where))
    for (const Json& paragraph : list_at(article, "paragraphs", where)) {
      const std::string text = text_at(paragraph, "context", where);
      bool kept = false;
      for (const Json& asked : list_at(paragraph, "qas", where)) {
        Question question{
            .id = text_at(asked, "id", where), .text = {}, .paragraph = std::ssize(set.paragraphs)};
        const std::string here = message(where, ": question ", printable(question.id));
        require<DataError>(ids.insert(question.id).second, here, " is there twice");
        question.text = text_at(asked, "question", here);
        try {
          question.answers = answers_of(asked, text, here);
        } catch (const DataError&) {
          if (bad == BadAnswers::refuse) throw;
          ++skipped;
          continue;
        }
        set.questions.push_back(std::move(question));
        kept = true;
      }
      if (kept) set.paragraphs.push_back(text);
    }
}

QuestionSet read_questions(std::span<const std::filesystem::path> files, BadAnswers bad,
                           const std::function<void(const std::string&)>& note) {
  QuestionSet set;
  for (const std::filesystem::path& file : files) {
    Index skipped = 0;
    add_questions(read_whole_text(file), file.string(), bad, set, skipped);
    if (skipped > 0 && note)
      note(message(file.string(), ": ", skipped, skipped == 1 ? " question is" : " questions are",
                   " left out: an answer does not stand in the paragraph"));
  }
  return set;
}

std::string answers_json(std::span<const Question> questions, std::span<const std::string> answers) {
  nlohmann::ordered_json json = nlohmann::ordered_json::object();
  for (std::size_t i = 0; i < questions.size(); ++i) json[questions[i].id] = answers[i];
  return text_of_json(json, 1) + "\n";
}

}  // namespace heed
