#include <fmt/format.h>

#include <functional>
#include <iostream>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/flags.h"
#include "cli/machine_options.h"
#include "cli/usage.h"
#include "heed/base/files.h"
#include "heed/base/json_text.h"
#include "heed/corpus/questions/question_set.h"
#include "heed/io/line_reader.h"
#include "heed/io/whole_text.h"
#include "heed/metrics/answer_match.h"
#include "heed/service/question_answerer.h"
#include "heed/text/one_line.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

/// Whether a text may hold no answer.
enum class NoAnswer { as_learned, allowed, never };

}  // namespace

template <>
struct EnumNames<NoAnswer> {
  static constexpr std::array names{std::pair{"auto", NoAnswer::as_learned},
                                    std::pair{"allow", NoAnswer::allowed},
                                    std::pair{"never", NoAnswer::never}};
};

namespace {

struct AnswerCommand {
  std::filesystem::path model, context, questions, output;
  std::vector<std::string> asked;
  Index top = 1;
  NoAnswer no_answer = NoAnswer::as_learned;
  bool skip_invalid = false, json = false;
  MachineOptions machine;

  static constexpr auto fields() {
    using C = AnswerCommand;
    return std::tuple(
        field("context", &C::context, "the text to find answers in: a file, plain or compressed"),
        field(
            "questions", &C::questions,
            "instead of a text: questions with their paragraphs, a file in SQuAD's JSON; exact match and F1 "
            "are measured"),
        field("output", &C::output,
              "where to write the answers to --questions, as SQuAD's evaluation reads them"),
        field(
            "skip_invalid", &C::skip_invalid,
            "leave out --questions whose answer does not stand in their paragraph instead of stopping at the "
            "first"),
        field("top", &C::top, "answers to print for each question, the likeliest first", {1, 1000}),
        field("no_answer", &C::no_answer,
              "whether it may be said that the text holds no answer; auto: if the model has learned from "
              "questions without one"),
        field("json", &C::json, "print a JSON object for each question, with places and probabilities"));
  }

  AnswerOptions options() const {
    AnswerOptions options{.top = top};
    if (no_answer != NoAnswer::as_learned) options.may_be_unanswerable = no_answer == NoAnswer::allowed;
    return options;
  }
};

/// Characters of a text before a byte of it.
Index character(const AskedText& text, std::size_t byte) {
  return count_code_points(std::string_view(text.text).substr(0, byte));
}

void print(const std::string& question, const AskedText& text, const std::vector<TextAnswer>& answers,
           bool json) {
  if (json) {
    nlohmann::ordered_json all{{"question", question}, {"answers", nlohmann::ordered_json::array()}};
    for (const TextAnswer& answer : answers)
      all["answers"].push_back({{"answer", answer.text},
                                {"found", !answer.none},
                                {"start", character(text, answer.begin)},
                                {"end", character(text, answer.end)},
                                {"probability", answer.probability}});
    std::cout << text_of_json(all) << '\n';
  } else {
    for (const TextAnswer& answer : answers)
      std::cout << fmt::format("{:.3f}\t{}\n", answer.probability,
                               answer.none ? "(no answer)" : as_one_line(answer.text));
    if (answers.empty()) std::cout << "0.000\t(no answer)\n";
  }
  std::cout.flush();
  require<FileError>(std::cout.good(), "standard output: cannot be written; is the disk full?");
}

/// Questions from the command line or, where there are none, from standard input, a line each.
void answer_about_text(const AnswerCommand& command, const QuestionAnswerer& answerer) {
  const AskedText text = answerer.read(read_whole_text(command.context));
  require<DataError>(!text.tokens.empty(), command.context.string(), ": has no words to find answers in");
  const auto tell = [&](const std::string& question) {
    print(question, text, answerer.answer(question, text, command.options()), command.json);
  };
  for (const std::string& question : command.asked) tell(question);
  if (!command.asked.empty()) return;
  LineReader lines("-");
  while (const auto line = lines.next()) tell(*line);
}

/// The questions of a file about their own paragraphs, and how well they are answered.
void answer_questions(const AnswerCommand& command, const QuestionAnswerer& answerer) {
  const std::vector<std::filesystem::path> files{command.questions};
  const QuestionSet set = read_questions(files, command.skip_invalid ? BadAnswers::skip : BadAnswers::refuse,
                                         [](const std::string& note) { std::cerr << note << '\n'; });
  require<DataError>(!set.questions.empty(), command.questions.string(), ": holds no question");
  AnswerMatch sum;
  std::vector<std::string> given;
  AskedText text;
  Index paragraph = -1;
  for (const Question& question : set.questions) {
    if (question.paragraph != paragraph) {
      paragraph = question.paragraph;
      text = answerer.read(set.paragraphs[static_cast<std::size_t>(paragraph)]);
    }
    const std::vector<TextAnswer> answers = answerer.answer(question.text, text, command.options());
    if (command.output.empty() || command.json) print(question.text, text, answers, command.json);
    given.push_back(answers.empty() ? "" : answers.front().text);
    std::vector<std::string> references;
    for (const AnswerText& answer : question.answers) references.push_back(answer.text);
    const AnswerMatch match = answer_match(given.back(), references);
    sum.exact += match.exact, sum.f1 += match.f1;
  }
  if (!command.output.empty()) write_file(command.output, answers_json(set.questions, given));
  const double percent = 100 / static_cast<double>(set.questions.size());
  std::cerr << fmt::format("{} questions: exact match {:.2f}, F1 {:.2f}\n", set.questions.size(),
                           percent * sum.exact, percent * sum.f1);
}

void answer(const AnswerCommand& command) {
  const bool whole_set = !command.questions.empty();
  require_usage(whole_set != !command.context.empty(),
                "give --context with a text to ask about, or --questions with a file of questions");
  require_usage(!whole_set || command.asked.empty(),
                "--questions holds the questions; ask others about a text with --context");
  require_usage(whole_set || (command.output.empty() && !command.skip_invalid),
                "--output and --skip-invalid are for --questions");
  const QuestionAnswerer answerer(command.model, command.machine.backend());
  whole_set ? answer_questions(command, answerer) : answer_about_text(command, answerer);
}

}  // namespace

void add_answer(CLI::App& program) {
  CLI::App* command = program.add_subcommand(
      "answer", "find the answers to questions in a text, with places and probabilities");
  auto options = std::make_shared<AnswerCommand>();
  command->add_option("model", options->model, "the model's folder")->required()->option_text("MODEL");
  command->add_option("asked", options->asked, "questions; nothing: those of standard input, a line each")
      ->option_text("QUESTIONS...");
  add_settings(*command, settings_of(*options));
  add_settings(*command, options->machine.settings());
  command->final_callback([options] { answer(*options); });
}

}  // namespace heed
