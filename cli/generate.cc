#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>

#include "cli/commands.h"
#include "cli/flags.h"
#include "cli/machine_options.h"
#include "cli/standard_output.h"
#include "heed/base/interrupt.h"
#include "heed/base/json_text.h"
#include "heed/base/parallel.h"
#include "heed/io/line_reader.h"
#include "heed/service/generator.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

struct GenerateOptions {
  std::filesystem::path model;
  std::optional<std::string> prompt;
  bool json = false, echo = true;
  GenerationConfig generation;
  PrecisionOptions precision;
  MachineOptions machine;

  static constexpr auto fields() {
    using G = GenerateOptions;
    return std::tuple(field("echo", &G::echo, "print the prompt before what is written after it"),
                      field("json", &G::json,
                            "print a JSON object per prompt: its texts with their tokens, log-probabilities "
                            "and why they end"));
  }
};

/// Prints texts as they are written: those of several samples one after the other, each when it is whole.
class Writer {
 public:
  Writer(const Generator& generator, const GenerateOptions& options)
      : generator_(generator), options_(options) {}

  /// Writes what follows a prompt.
  void write(const std::string& prompt, std::uint64_t number) {
    warn_of_unknown(prompt);
    const Interrupt interrupt;  // while a prompt is waited for, Ctrl-C simply ends the program
    const bool streams = !options_.json && options_.generation.samples == 1 && options_.generation.beam == 0;
    bool begun = false;
    const auto begin = [&] {
      if (!begun) begin_text(prompt);
      begun = true;
    };
    const auto texts =
        generator_.generate(prompt, options_.generation, number, [&](Index, std::string_view text) {
          if (streams) {
            begin();
            std::cout << text;
            flush_standard_output();
          }
          return !interrupt.requested();
        });
    if (streams) {
      begin();
      std::cout << '\n';
    } else {
      print(prompt, texts);
    }
    flush_standard_output();
    if (interrupt.requested()) throw CLI::RuntimeError(interrupt.exit_status());
  }

 private:
  void warn_of_unknown(const std::string& prompt) const {
    std::string unknown;
    for (const std::string& part : generator_.unknown_parts(prompt))
      unknown += message(unknown.empty() ? "" : ", ", "'", part, "'");
    if (!unknown.empty())
      std::cerr << "heed: the model's vocabulary does not hold " << unknown
                << ": it reads an unknown token there\n";
  }

  /// An empty line stands between two texts.
  void begin_text(const std::string& prompt) {
    if (texts_++ > 0) std::cout << '\n';
    if (options_.echo) std::cout << prompt;
  }

  void print(const std::string& prompt, const std::vector<GeneratedText>& texts) {
    if (!options_.json) {
      for (const GeneratedText& text : texts) {
        begin_text(prompt);
        std::cout << text.text << '\n';
      }
      return;
    }
    auto all = nlohmann::ordered_json::array();
    for (const GeneratedText& text : texts)
      all.push_back({{"text", text.text},
                     {"finish_reason", enum_name(text.finish_reason)},
                     {"log_probability", text.log_probability},
                     {"tokens", text.tokens},
                     {"token_log_probability", text.token_log_probability}});
    std::cout << text_of_json(nlohmann::ordered_json{{"prompt", prompt}, {"texts", all}}) << '\n';
  }

  const Generator& generator_;
  const GenerateOptions& options_;
  Index texts_ = 0;  // printed so far
};

void generate(const GenerateOptions& options) {
  Backend& backend = options.machine.backend();
  const Generator generator(options.model, backend, options.precision.type());
  set_thread_count(static_cast<int>(generator.threads_for_one(options.machine.threads_used())));
  Writer writer(generator, options);
  if (options.prompt) {
    require_utf8(*options.prompt, "--prompt");
    writer.write(*options.prompt, 0);
    return;
  }
  LineReader reader("-");
  for (std::uint64_t number = 0; const auto prompt = reader.next(); ++number) {
    require_utf8(*prompt, reader.where());
    writer.write(*prompt, number);
  }
}

}  // namespace

void add_generate(CLI::App& program) {
  CLI::App* command = program.add_subcommand("generate", "continue text with a language model");
  auto options = std::make_shared<GenerateOptions>();
  command->add_option("model", options->model, "the model's folder")->required()->option_text("MODEL");
  command
      ->add_option("--prompt", options->prompt,
                   "text to continue; if not given, each line of standard input is one")
      ->take_last()
      ->option_text("TEXT");
  add_settings(*command, settings_of(*options, options->generation));
  add_settings(*command, options->machine.settings());
  add_settings(*command, settings_of(options->precision));
  command->final_callback([options] { generate(*options); });
}

}  // namespace heed
