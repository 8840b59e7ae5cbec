#include <fmt/format.h>

#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>

#include "cli/commands.h"
#include "cli/flags.h"
#include "cli/machine_options.h"
#include "cli/usage.h"
#include "heed/base/files.h"
#include "heed/base/json_text.h"
#include "heed/base/quantities.h"
#include "heed/base/settings_json.h"
#include "heed/checkpoint/model_folder.h"
#include "heed/images/read_image.h"
#include "heed/pages/attention_page.h"
#include "heed/pages/image_attention_page.h"
#include "heed/service/attention_report.h"
#include "heed/service/image_attention_report.h"
#include "heed/service/open_predictor.h"

namespace heed {
namespace {

struct InspectOptions {
  std::filesystem::path model, output = "attention.html";
  std::optional<std::string> attention;
  std::string translation;
  bool json = false;
  DecodingConfig decoding;
  MachineOptions machine;
};

AttentionReport report_of(const InspectOptions& options) {
  const std::string task = task_of_model(options.model);
  const bool pairs = task == "translation" || task == "summarization";
  require_usage(pairs || options.translation.empty(), "--translation is for translation and summarization; ",
                options.model.string(), " is a model for ", task);
  if (task == "text-generation")
    return attention_report(Generator(options.model, options.machine.backend()), *options.attention);
  if (task == fill_mask)
    return attention_report(MaskFiller(options.model, options.machine.backend()), *options.attention);
  require<CheckpointError>(pairs, options.model.string(), ": holds a model for ", task,
                           ", of which no attention can be shown, only of models for translation, "
                           "summarization, text-generation, fill-mask and image-classification");
  return attention_report(Translator(options.model, options.machine.backend()), *options.attention,
                          options.translation, options.decoding);
}

void write_image_attention_page(const InspectOptions& options) {
  require_usage(options.translation.empty(), "--translation is for translation; ", options.model.string(),
                " is a model for ", image_classification);
  const ImageLabeler labeler(options.model, options.machine.backend());
  const ImageAttentionReport report =
      image_attention_report(labeler, read_image(*options.attention), *options.attention);
  write_file(options.output, image_attention_page(report));
  std::cout << report.labels.front().first << '\n';
  std::cerr << "heed: wrote " << options.output.string() << ": open it in a browser\n";
}

void write_attention_page(const InspectOptions& options) {
  if (task_of_model(options.model) == image_classification) return write_image_attention_page(options);
  const AttentionReport report = report_of(options);
  write_file(options.output, attention_page(report));
  std::cout << (report.translation.empty() ? report.source_text : report.translation) << '\n';
  std::cerr << "heed: wrote " << options.output.string() << ": open it in a browser\n";
}

std::string text_of(const Shape& shape) { return message(shape); }

void print_json(const Model& model) {
  nlohmann::ordered_json parameters = nlohmann::ordered_json::array();
  for (const auto& [name, variable] : model.store().parameters())
    parameters.push_back({{"name", name},
                          {"shape", std::vector<Index>(variable.shape().begin(), variable.shape().end())},
                          {"count", variable.value().count()}});
  ModelConfig config = model.config();
  std::cout << text_of_json(nlohmann::ordered_json{{"family", config.architecture().family},
                                                   {"architecture", config.architecture().name},
                                                   {"config", to_json(config.settings())},
                                                   {"count", model.store().count()},
                                                   {"parameters", parameters}},
                            2)
            << '\n';
}

void print_text(const Model& model) {
  ModelConfig config = model.config();
  std::cout << fmt::format("{:<20} {:<12} {}\n", "architecture", config.architecture().name,
                           config.architecture().kind);
  for (const Setting& setting : config.settings())
    std::cout << fmt::format("{:<20} {:<12} {}\n", setting.name, shown(setting.get()), setting.help);
  std::size_t widest = 0;
  for (const auto& parameter : model.store().parameters()) widest = std::max(widest, parameter.name.size());
  std::cout << '\n';
  for (const auto& [name, variable] : model.store().parameters())
    std::cout << fmt::format("{:<{}}  {:>14}  {:>12}\n", name, widest, text_of(variable.shape()),
                             variable.value().count());
  std::cout << fmt::format("\n{} parameters in {} tensors, {} in float32\n", model.store().count(),
                           model.store().parameters().size(),
                           bytes_text(4.0 * static_cast<double>(model.store().count())));
}

void inspect(const InspectOptions& options) {
  require_usage(options.attention || options.translation.empty(),
                "--translation is looked at with --attention only; give the source text there");
  require_usage(!options.attention || !options.json,
                "--json shows config and parameters, --attention makes a page; give one of them");
  if (options.attention) return write_attention_page(options);
  const auto model = load_model(options.model, ParameterStore::Purpose::inference);
  options.json ? print_json(*model) : print_text(*model);
}

}  // namespace

void add_inspect(CLI::App& program) {
  CLI::App* command =
      program.add_subcommand("inspect", "show a model's config and parameters, or what it attends to");
  auto options = std::make_shared<InspectOptions>();
  command->add_option("model", options->model, "the model's folder")->required()->option_text("MODEL");
  command
      ->add_option(
          "--attention", options->attention,
          "translate this sentence, or read this text, [MASK] in it, or see the image in this file, and "
          "write a page with the attention of every layer and head")
      ->option_text("TEXT|IMAGE");
  command
      ->add_option("--translation", options->translation,
                   "look at this translation instead of the model's own")
      ->option_text("TEXT");
  command->add_option("-o,--output", options->output, "the page [attention.html]")->option_text("FILE");
  command->add_flag("--json", options->json, "print config and parameters as JSON");
  add_settings(*command, options->machine.settings());
  command->final_callback([options] { inspect(*options); });
}

}  // namespace heed
