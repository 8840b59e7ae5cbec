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
#include "heed/model/masked_language_model.h"
#include "heed/service/open_predictor.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

struct PredictOptions {
  std::filesystem::path model;
  std::vector<std::filesystem::path> files;
  bool json = false;
  std::optional<Index> max_tokens, top;
  MachineOptions machine;

  static constexpr auto fields() {
    using P = PredictOptions;
    return std::tuple(
        field("json", &P::json, "print a JSON object per line or file with all that the model says"),
        field("max_tokens", &P::max_tokens,
              "maximum number of tokens that a language model writes after each line; if not given, 256",
              {0}),
        field("top", &P::top, "likeliest tokens to print for each [MASK] of a line; if not given, 5",
              {1, 1000}));
  }
};

/// Prints what a model makes of lines, in their order, from however many files; what comes before a line that
/// fails, too.
class Printer {
 public:
  Printer(const Predictor& predictor, const PredictOptions& options)
      : predictor_(predictor), options_(options) {}

  /// Of files that are named on the command line, or of those that a line of standard input names, each.
  void print_named(const std::vector<std::filesystem::path>& named) {
    std::vector<std::string> names;
    try {
      for (const auto& path : named)
        for (std::string& name : predictor_.files(path)) {
          names.push_back(std::move(name));
          if (std::ssize(names) == predictor_.lines_at_once()) print(names);
        }
    } catch (...) {
      print(names);  // what came before the name that failed
      throw;
    }
    print(names);
  }
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
    set_thread_count(
        static_cast<int>(predictor_.threads_for(std::ssize(lines), options_.machine.threads_used())));
    const std::uint64_t first = printed_;
    predict_in_order(predictor_, lines, first, [&](const Prediction& prediction) {
      require_mapped_files_unchanged();
      print(prediction, lines[printed_ - first]);
    });
    flush_standard_output();
  }
  void print(const Prediction& prediction, const std::string& line) {
    ++printed_;
    const bool of_file = predictor_.input() == Predictor::Input::file;
    if (options_.json) {
      nlohmann::ordered_json all{{"line", printed_}};
      if (of_file) all["file"] = line;
      all.update(prediction.details);
      std::cout << text_of_json(all) << '\n';
    } else {
      if (of_file) std::cout << line << '\t';
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
  require_usage(!options.top || task == fill_mask, "--top is for models that fill in masks; ",
                options.model.string(), " is a model for ", task);
  PredictorOptions how;
  how.max_tokens = options.max_tokens.value_or(how.max_tokens);
  how.top = options.top.value_or(how.top);
  const auto predictor = open_predictor(options.model, options.machine.backend(), how);
  Printer printer(*predictor, options);
  if (predictor->input() == Predictor::Input::file && !options.files.empty() &&
      options.files != std::vector<std::filesystem::path>{"-"})
    return printer.print_named(options.files);
  if (options.files.empty()) options.files.push_back("-");
  for (const auto& file : options.files) printer.print_file(file);
}

}  // namespace

void add_predict(CLI::App& program) {
  CLI::App* command =
      program.add_subcommand("predict",
                             "apply a model of any task to each line of text, or to each "
                             "image: translate it, continue it, classify it, fill in its [MASK]");
  auto options = std::make_shared<PredictOptions>();
  command->add_option("model", options->model, "the model's folder")->required()->option_text("MODEL");
  command
      ->add_option("files", options->files,
                   "text, one input per line, plain or compressed; - or nothing: standard input; of a model "
                   "of images: "
                   "images (PNG, JPEG) and folders of them, or the names of images on standard input")
      ->option_text("FILES...");
  add_settings(*command, settings_of(*options));
  add_settings(*command, options->machine.settings());
  command->final_callback([options] { predict(*options); });
}

}  // namespace heed
