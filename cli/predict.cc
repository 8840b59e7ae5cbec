#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "cli/commands.h"
#include "cli/flags.h"
#include "cli/line_note.h"
#include "cli/machine_options.h"
#include "cli/standard_output.h"
#include "cli/usage.h"
#include "heed/base/json_text.h"
#include "heed/base/mapped_file.h"
#include "heed/base/parallel.h"
#include "heed/io/line_reader.h"
#include "heed/service/open_predictor.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

struct PredictOptions {
  std::filesystem::path model;
  std::vector<std::filesystem::path> files;
  bool json = false;
  std::optional<Index> max_tokens;
  MachineOptions machine;

  static constexpr auto fields() {
    using P = PredictOptions;
    return std::tuple(
        field("json", &P::json, "print a JSON object per line with all that the model says"),
        field("max_tokens", &P::max_tokens,
              "maximum number of tokens that a language model writes after each line; if not given, 256",
              {0}));
  }
};

/// Prints what a model makes of lines, in their order, from however many files; what comes before a line that
/// fails, too.
class Printer {
 public:
  Printer(const Predictor& predictor, const PredictOptions& options)
      : predictor_(predictor), options_(options) {}

  /// Of the lines of a file, answered at once where somebody types them.
  void print_file(const std::filesystem::path& file) {
    LineReader reader(file);
    std::vector<std::string> lines;
    try {
      while (auto line = reader.next()) {
        require_utf8(*line, reader.where());
        lines.push_back(std::move(*line));
        if (std::ssize(lines) == predictor_.lines_at_once() || !reader.ready()) print(lines);
      }
    } catch (...) {
      print(lines);  // what came before the line that failed
      throw;
    }
    print(lines);
    tell_line_ends(reader);
  }

 private:
  void print(std::vector<std::string>& taken) {
    if (taken.empty()) return;
    const std::vector<std::string> lines = std::exchange(taken, {});
    set_thread_count(static_cast<int>(predictor_.threads_for(std::ssize(lines), options_.machine.threads)));
    predict_in_order(predictor_, lines, printed_, [&](const Prediction& prediction) {
      require_mapped_files_unchanged();
      print(prediction);
    });
    flush_standard_output();
  }
  void print(const Prediction& prediction) {
    ++printed_;
    if (options_.json) {
      nlohmann::ordered_json all{{"line", printed_}};
      all.update(prediction.details);
      std::cout << text_of_json(all) << '\n';
    } else {
      std::cout << prediction.text << '\n';
    }
  }

  const Predictor& predictor_;
  const PredictOptions& options_;
  std::uint64_t printed_ = 0;
};

void predict(PredictOptions options) {
  const std::string task = task_of_model(options.model);
  require_usage(!options.max_tokens || task == "text-generation", "--max-tokens is for language models; ",
                options.model.string(), " is a model for ", task);
  PredictorOptions how;
  how.max_tokens = options.max_tokens.value_or(how.max_tokens);
  const auto predictor = open_predictor(options.model, options.machine.backend(), how);
  if (options.files.empty()) options.files.push_back("-");
  Printer printer(*predictor, options);
  for (const auto& file : options.files) printer.print_file(file);
}

}  // namespace

void add_predict(CLI::App& program) {
  CLI::App* command = program.add_subcommand(
      "predict",
      "do with each line of text what a model is for: translate it, go on with it, tell its class");
  auto options = std::make_shared<PredictOptions>();
  command->add_option("model", options->model, "the model's folder")->required()->option_text("MODEL");
  command
      ->add_option("files", options->files,
                   "text, one input per line, plain or compressed; - or nothing: standard input")
      ->option_text("FILES...");
  add_settings(*command, settings_of(*options));
  add_settings(*command, options->machine.settings());
  command->final_callback([options] { predict(*options); });
}

}  // namespace heed
