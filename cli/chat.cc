#include <fmt/format.h>
#include <unistd.h>

#include <cmath>
#include <iostream>

#include "cli/commands.h"
#include "cli/flags.h"
#include "cli/line_note.h"
#include "cli/machine_options.h"
#include "cli/standard_output.h"
#include "cli/usage.h"
#include "heed/base/interrupt.h"
#include "heed/base/parallel.h"
#include "heed/corpus/dialogues/dialogue_reader.h"
#include "heed/dialogues/dialogue_examples.h"
#include "heed/dialogues/response_scores.h"
#include "heed/io/line_reader.h"
#include "heed/service/chat.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

struct ChatCommand {
  std::filesystem::path model;
  std::string system;
  std::vector<std::filesystem::path> dialogues;
  bool skip_invalid = false;
  GenerationConfig generation;
  PrecisionOptions precision;
  MachineOptions machine;

  static constexpr auto fields() {
    using C = ChatCommand;
    return std::tuple(
        field("system", &C::system, "what the model is told about itself before the conversation begins"),
        field("dialogues", &C::dialogues,
              "instead of a conversation: measure the responses of the dialogues in files, as training reads "
              "them"),
        field("skip_invalid", &C::skip_invalid,
              "count --dialogues that cannot be read and leave them out instead of stopping at the first"));
  }

  /// Those of how a text is written that make sense where one answer follows the other.
  Settings of_generation() {
    Settings all = settings_of(generation);
    std::erase_if(all, [](const Setting& setting) {
      return setting.name == "samples" || setting.name == "slide" || setting.name == "beam" ||
             setting.name == "length_penalty";
    });
    return all;
  }
};

constexpr std::string_view help =
    "/undo   take back what you said last, and the answer\n"
    "/reset  forget the conversation\n"
    "/help   these lines\n"
    "/quit   end; so does the end of input (Ctrl-D)\n"
    "Ctrl-C ends an answer that is being written. A line that begins with // is said with one slash.\n";

/// Reads what somebody says, a line at a time, and writes the answers as they come.
class Conversation {
 public:
  Conversation(const Generator& generator, const ChatCommand& command)
      : chat_(generator, command.generation, command.system),
        generator_(generator),
        prompts_(::isatty(STDIN_FILENO) == 1) {}

  void run() {
    LineReader reader("-");
    if (prompts_) std::cerr << "/help says what there is besides talking.\n";
    for (show_prompt(); const auto line = reader.next(); show_prompt()) {
      require_utf8(*line, reader.where());
      if (!shows_something(*line)) continue;
      if (*line == "/quit") return;
      if (line->starts_with('/') && !line->starts_with("//"))
        obey(*line);
      else
        say(line->starts_with("//") ? line->substr(1) : *line);
    }
  }

 private:
  void show_prompt() const {
    if (prompts_) std::cerr << "> ";
  }

  void obey(const std::string& command) {
    if (command == "/help") {
      std::cerr << help;
    } else if (command == "/reset") {
      chat_.reset();
      left_out_ = 0;
      tell("the conversation is forgotten");
    } else if (command == "/undo") {
      tell(chat_.undo() ? "what you said last is taken back" : "there is nothing to take back");
    } else {
      tell(message("there is no ", printable(command), "; /help says what there is"));
    }
  }

  void say(const std::string& text) {
    warn_of_unknown(text);
    const Interrupt interrupt;  // while a line is waited for, Ctrl-C simply ends the program
    try {
      const ChatAnswer answer = chat_.say(text, [&](Index, std::string_view part) {
        std::cout << part;
        flush_standard_output();
        return !interrupt.requested();
      });
      std::cout << '\n';
      flush_standard_output();
      tell_left_out(answer.left_out);
    } catch (const ConfigError& error) {  // too long: the conversation goes on without it
      tell(message("heed: ", error.what()));
    }
    if (interrupt.requested() && !prompts_) throw CLI::RuntimeError(interrupt.exit_status());
  }

  void tell_left_out(Index turns) {
    if (turns > left_out_)
      tell(message("heed: the conversation is longer than the model's context of ",
                   generator_.model().sizes().longest_sequence, " tokens: its oldest ", turns,
                   turns == 1 ? " turn is" : " turns are", " no longer read"));
    left_out_ = turns;
  }

  void warn_of_unknown(const std::string& text) const {
    std::string unknown;
    for (const std::string& part : generator_.unknown_parts(text))
      unknown += message(unknown.empty() ? "" : ", ", "'", part, "'");
    if (!unknown.empty())
      tell(message("heed: the model's vocabulary does not hold ", unknown,
                   ": it reads an unknown token there"));
  }

  Chat chat_;
  const Generator& generator_;
  bool prompts_;
  Index left_out_ = 0;
};

void measure(const ChatCommand& command, const Generator& generator) {
  DialogueReport report;
  const std::vector<Dialogue> dialogues = read_dialogues(
      command.dialogues, command.skip_invalid ? BadDialogues::skip : BadDialogues::refuse, report);
  for (const std::string& line : report.lines()) tell(line);
  const DialogueEncoder encoder(*generator.tokenizers().source, generator.model().sizes().longest_sequence);
  const DialogueExamples examples = dialogue_examples(dialogues, encoder);
  if (examples.left_out > 0)
    tell(message(examples.left_out, " responses do not fit into the model's context: they count as wrong"));
  require<DataError>(examples.examples->size() > 0, "no response fits into the model's context of ",
                     encoder.context(), " tokens");
  constexpr Index batch_tokens = 4096;
  const ResponseScores scores =
      score_responses(generator.model(), generator.backend(), *examples.examples, batch_tokens);
  const Index responses = scores.responses + examples.left_out;
  std::cout << fmt::format("{} responses: {:.2f} % exactly right, loss {:.4f}, perplexity {:.2f}\n",
                           responses,
                           100 * static_cast<double>(scores.right) / static_cast<double>(responses),
                           scores.loss_per_token(), std::exp(scores.loss_per_token()));
}

void chat(const ChatCommand& command) {
  require_usage(command.dialogues.empty() || command.system.empty(),
                "--system is for a conversation; the dialogues of --dialogues say what the system says");
  require_usage(!command.dialogues.empty() || !command.skip_invalid, "--skip-invalid is for --dialogues");
  const Generator generator(command.model, command.machine.backend(), command.precision.type());
  if (!command.dialogues.empty()) {
    require<ConfigError>(generator.answers_dialogues(), command.model.string(),
                         ": the model has learned from running text, not from dialogues");
    return measure(command, generator);
  }
  set_thread_count(static_cast<int>(generator.threads_for_one(command.machine.threads_used())));
  Conversation(generator, command).run();
}

}  // namespace

void add_chat(CLI::App& program) {
  CLI::App* command = program.add_subcommand("chat", "talk with a model that has learned from dialogues");
  auto options = std::make_shared<ChatCommand>();
  options->generation.top_k = 1;  // unless asked for more, the likeliest answer
  command->add_option("model", options->model, "the model's folder")->required()->option_text("MODEL");
  add_settings(*command, settings_of(*options));
  add_settings(*command, options->of_generation());
  add_settings(*command, options->machine.settings());
  add_settings(*command, settings_of(options->precision));
  command->final_callback([options] { chat(*options); });
}

}  // namespace heed
