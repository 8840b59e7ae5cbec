#include "heed/training/run_log.h"

#include <fmt/format.h>

#include <chrono>
#include <nlohmann/json.hpp>

namespace heed {
namespace {

using Json = nlohmann::ordered_json;

double now() {
  return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
}

TensorBoardLog::Scalars of_update(const Json& e) {
  const double seconds = e.value("seconds", 0.0);
  TensorBoardLog::Scalars scalars{{"training/loss", e.value("loss", 0.0)},
                                  {"training/learning_rate", e.value("learning_rate", 0.0)},
                                  {"training/gradient_norm", e.value("gradient_norm", 0.0)}};
  if (seconds > 0) scalars.emplace_back("speed/tokens_per_second", e.value("tokens", 0.0) / seconds);
  if (e.contains("resident_bytes"))
    scalars.emplace_back("memory/resident_MiB", e["resident_bytes"].get<double>() / (1 << 20));
  return scalars;
}

TensorBoardLog::Scalars of_validation(const Json& e) {
  const auto measures = [](const Json& fields, auto take) {
    const Json all = fields.value("measures", Json::object());
    for (const auto& [name, value] : all.items())
      if (value.is_number()) take(name, value.template get<double>());
  };
  TensorBoardLog::Scalars scalars;
  measures(e,
           [&](const std::string& name, double value) { scalars.emplace_back("validation/" + name, value); });
  for (const Json& bucket : e.value("by_length", Json::array())) {
    const std::string tokens =
        fmt::format("{:03}-{:03}_tokens", bucket["from"].get<Index>(), bucket["to"].get<Index>());
    measures(bucket, [&](const std::string& name, double value) {
      scalars.emplace_back(fmt::format("validation_{}_by_length/{}", name, tokens), value);
    });
  }
  return scalars;
}

std::string text_of(const Json& sample) {
  std::string text;
  for (const auto& [name, part] : sample.items()) {
    if (!part.is_string()) continue;  // a picture
    text +=
        fmt::format("{}**{}** {}", text.empty() ? "" : "\n\n", name, as_markdown(part.get<std::string>()));
  }
  return text;
}

TensorBoardLog::Texts samples_of(const Json& e) {
  TensorBoardLog::Texts texts;
  for (const Json& sample : e.value("samples", Json::array()))
    texts.emplace_back(fmt::format("samples/{}", texts.size() + 1), text_of(sample));
  return texts;
}

}  // namespace

void RunLog::add_file(const std::filesystem::path& file) {
  std::error_code ignored;
  for (const auto& path : paths_)
    if (std::filesystem::equivalent(path, file, ignored)) return;
  files_.push_back(std::make_unique<JsonLinesLog>(file));
  paths_.push_back(file);
}

void RunLog::add_tensorboard(const std::filesystem::path& folder) {
  tensorboard_ = std::make_unique<TensorBoardLog>(folder, now());
}

void RunLog::write(std::string_view event, const Json& fields) {
  for (const auto& file : files_) file->write(event, fields);
  if (tensorboard_) write_to_tensorboard(*tensorboard_, event, fields, now());
}

void write_to_tensorboard(TensorBoardLog& log, std::string_view event, const Json& fields, double time) {
  if (event == "begin") log.begin_at(time, fields.value("update", std::int64_t{0}) + 1);
  if (event == "rollback") log.begin_at(time, fields.value("to", std::int64_t{0}) + 1);
  if (event == "update") log.add(time, fields["update"].get<std::int64_t>(), of_update(fields));
  if (event == "validation")
    log.add(time, fields["update"].get<std::int64_t>(), of_validation(fields), samples_of(fields));
}

}  // namespace heed
