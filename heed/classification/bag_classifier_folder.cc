#include <algorithm>
#include <nlohmann/json.hpp>

#include "heed/base/crc32.h"
#include "heed/base/files.h"
#include "heed/base/settings_json.h"
#include "heed/checkpoint/safetensors.h"
#include "heed/classification/bag_classifier.h"

namespace heed {
namespace {

constexpr const char *config_name = "config.json", *vocabulary_name = "vocabulary.txt",
                     *weights_name = "model.safetensors", *architecture = "bag-of-words",
                     *checksum_name = "config_and_vocabulary_crc32";
constexpr int format_version = 1;

Tensor tensor_of(std::span<const float> numbers, const Shape& shape) {
  const Tensor tensor(shape);
  std::copy(numbers.begin(), numbers.end(), tensor.data());
  return tensor;
}

/// The numbers of a tensor of this shape.
std::vector<float> numbers_of(const SafetensorsFile& file, const std::string& name, const Shape& shape,
                              const std::string& where) {
  const Tensor tensor = file.tensor(name);
  require<CheckpointError>(tensor.type() == DataType::float32 && tensor.shape() == shape, where, ": ", name,
                           " is of ", name_of(tensor.type()), " and shape ", tensor.shape(), ", but ",
                           config_name, " and ", vocabulary_name, " ask for float32 and ", shape);
  return {tensor.data(), tensor.data() + tensor.count()};
}

std::string checksum_of(std::string_view config, std::string_view vocabulary) {
  return std::to_string(crc32(std::as_bytes(std::span(vocabulary)), crc32(config)));
}

Vocabulary parse_vocabulary(std::string_view text, const std::string& where) {
  Vocabulary vocabulary;
  for (Index line = 1; !text.empty(); ++line) {
    const std::size_t end = text.find('\n');
    require<CheckpointError>(end != text.npos, where, ": its last line has no end; was it copied whole?");
    const Index id = vocabulary.add(text.substr(0, end));
    require<CheckpointError>(id == line - 1, where, ":", line,
                             ": is there twice, or not after <unk>, <s> and </s>");
    text.remove_prefix(end + 1);
  }
  return vocabulary;
}

struct Config {
  std::vector<std::string> labels;
  BagContent content;
  BagOptions bag;
  double regularisation;
};

Config parse_config(const std::string& text, const std::string& where) {
  try {
    const auto json = nlohmann::ordered_json::parse(text);
    require<CheckpointError>(
        json.value("format", "") == "heed" && json.value("architecture", "") == architecture, where,
        ": is no classifier of heed's: its architecture is '", json.value("architecture", ""),
        "', expected '", architecture, "'");
    require<CheckpointError>(json.at("version") == format_version, where, ": is of format version ",
                             json.at("version").dump(), ", this heed reads version ", format_version);
    Config config{json.at("labels").get<std::vector<std::string>>(), BagContent::unigrams,
                  from_json<BagOptions>(json.at("bag"), where), json.at("regularisation").get<double>()};
    const auto content = json.at("content").get<std::string>();
    if (content == enum_name(BagContent::bigrams)) config.content = BagContent::bigrams;
    require<CheckpointError>(content == enum_name(config.content), where, ": content '", content,
                             "' is not known to this heed");
    require<CheckpointError>(
        config.labels.size() >= 2 && std::is_sorted(config.labels.begin(), config.labels.end()), where,
        ": expected two labels or more in the order of their bytes");
    return config;
  } catch (const nlohmann::json::exception& error) {
    throw CheckpointError(message(where, ": is damaged: ", error.what()));
  } catch (const ConfigError& error) {
    throw CheckpointError(error.what());
  }
}

void require_no_other_model(const std::filesystem::path& file) {
  if (!std::filesystem::exists(file)) return;
  try {
    parse_config(read_file(file), file.string());
  } catch (const CheckpointError& error) {
    throw FileError(message(error.what(), "; it is not overwritten: choose another folder"));
  }
}

}  // namespace

void BagClassifier::save(const std::filesystem::path& folder) const {
  make_folder(folder);
  require_no_other_model(folder / config_name);
  const nlohmann::ordered_json json{{"format", "heed"},
                                    {"version", format_version},
                                    {"architecture", architecture},
                                    {"labels", labels},
                                    {"content", enum_name(bag.content())},
                                    {"bag", to_json(bag.options())},
                                    {"regularisation", regularisation}};
  const std::string config = json.dump(2) + "\n";
  std::string ngrams;
  for (WordId id = 0; id < bag.ngrams().size(); ++id) ngrams.append(bag.ngrams().word(id)).append(1, '\n');
  const Index columns = bag.ngrams().size(), classes = classifier.classes;
  write_file(folder / vocabulary_name, ngrams);
  write_safetensors(folder / weights_name,
                    {{"bias", tensor_of(classifier.bias, {classes})},
                     {"inverse_document_frequency", tensor_of(bag.weights(), {columns})},
                     {"weight", tensor_of(classifier.weight, {columns, classes})}},
                    {{"format", "heed"}, {checksum_name, checksum_of(config, ngrams)}});
  write_file(folder / config_name, config);
}

BagClassifier BagClassifier::load(const std::filesystem::path& folder) {
  require<FileError>(std::filesystem::is_directory(folder), folder.string(),
                     ": there is no such folder; a classifier is a folder with ", config_name, ", ",
                     vocabulary_name, " and ", weights_name);
  const std::string text = read_file(folder / config_name), ngrams = read_file(folder / vocabulary_name);
  Config config = parse_config(text, (folder / config_name).string());
  const SafetensorsFile file(folder / weights_name);
  file.verify();
  const std::string where = (folder / weights_name).string();
  const auto checksum = file.metadata().find(checksum_name);
  require<CheckpointError>(checksum != file.metadata().end() && checksum->second == checksum_of(text, ngrams),
                           where, ": was not saved together with the ", config_name, " and ", vocabulary_name,
                           " beside it; copy the whole folder again, or train again");
  Vocabulary vocabulary = parse_vocabulary(ngrams, (folder / vocabulary_name).string());
  const Index columns = vocabulary.size(), classes = std::ssize(config.labels);
  LinearClassifier classifier(columns, classes);
  classifier.weight = numbers_of(file, "weight", {columns, classes}, where);
  classifier.bias = numbers_of(file, "bias", {classes}, where);
  std::vector<float> weights = numbers_of(file, "inverse_document_frequency", {columns}, where);
  return {std::move(config.labels),
          BagOfWords(config.content, config.bag, std::move(vocabulary), std::move(weights)),
          std::move(classifier), config.regularisation};
}

}  // namespace heed
