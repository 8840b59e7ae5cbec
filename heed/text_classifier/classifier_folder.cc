#include "heed/text_classifier/classifier_folder.h"

#include <algorithm>

#include "heed/base/crc32.h"
#include "heed/base/files.h"
#include "heed/base/json_text.h"

namespace heed {
namespace {

constexpr const char *config_file = "config.json", *vocabulary_file = "vocabulary.txt",
                     *tensors_file = "model.safetensors", *checksum_name = "config_and_vocabulary_crc32";
constexpr int format_version = 1;

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

/// Networks had folders like these before they were models like others.
void refuse_old_network(const std::string& name, const std::string& where) {
  require<CheckpointError>(
      name != "word-sequence", where,
      ": is a network that an earlier heed trained, which this one does not read; train it "
      "again: heed classify train --model transformer, rnn, gru or lstm");
}

ClassifierKind kind_named(const std::string& name, const std::string& where) {
  refuse_old_network(name, where);
  std::string known;
  for (const auto& [other, kind] : EnumNames<ClassifierKind>::names) {
    if (other == name) return kind;
    known += message(known.empty() ? "'" : " or '", other, "'");
  }
  throw CheckpointError(
      message(where, ": is not a heed classifier: its architecture is '", name, "', expected ", known));
}

ClassifierConfig parse_config(const std::string& text, const std::string& where) {
  try {
    auto json = nlohmann::ordered_json::parse(text);
    require<CheckpointError>(json.value("format", "") == "heed", where,
                             ": is not a heed model: it has no \"format\": \"heed\"");
    const ClassifierKind kind = kind_named(json.value("architecture", ""), where);
    require<CheckpointError>(json.at("version") == format_version, where, ": is of format version ",
                             text_of_json(json.at("version")), ", this version of heed reads version ",
                             format_version);
    ClassifierConfig config{kind, json.at("labels").get<std::vector<std::string>>(), std::move(json)};
    require<CheckpointError>(
        config.labels.size() >= 2 && std::is_sorted(config.labels.begin(), config.labels.end()), where,
        ": expected two labels or more in the order of their bytes");
    return config;
  } catch (const nlohmann::json::exception& error) {
    throw CheckpointError(message(where, ": is damaged: ", error.what()));
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

const std::filesystem::path& require_folder(const std::filesystem::path& folder) {
  require<FileError>(std::filesystem::is_directory(folder), folder.string(),
                     ": there is no such folder; a classifier is a folder with ", config_file, ", ",
                     vocabulary_file, " and ", tensors_file);
  return folder;
}

}  // namespace

void save_classifier(const std::filesystem::path& folder, const ClassifierConfig& config,
                     const Vocabulary& vocabulary, const TensorMap& tensors) {
  make_folder(folder);
  require_no_other_model(folder / config_file);
  nlohmann::ordered_json json{{"format", "heed"},
                              {"version", format_version},
                              {"architecture", enum_name(config.kind)},
                              {"labels", config.labels}};
  json.update(config.choices);
  const std::string text = text_of_json(json, 2) + "\n";
  std::string words;
  for (WordId id = 0; id < vocabulary.size(); ++id) words.append(vocabulary.word(id)).append(1, '\n');
  write_file(folder / vocabulary_file, words);
  write_safetensors(folder / tensors_file, tensors,
                    {{"format", "heed"}, {checksum_name, checksum_of(text, words)}});
  write_file(folder / config_file, text);
}

bool holds_bag_of_words(const std::filesystem::path& folder) {
  const std::filesystem::path file = folder / config_file;
  if (!std::filesystem::exists(file)) return false;
  const auto json = nlohmann::ordered_json::parse(read_file(file), nullptr, false);
  if (!json.is_object() || !json.contains("architecture") || !json["architecture"].is_string()) return false;
  const auto name = json["architecture"].get<std::string>();
  refuse_old_network(name, file.string());
  return name == enum_name(ClassifierKind::bag_of_words);
}

ClassifierFolder::ClassifierFolder(const std::filesystem::path& folder)
    : config_name_((require_folder(folder) / config_file).string()),
      tensors_name_((folder / tensors_file).string()),
      config_(parse_config(read_file(config_name_), config_name_)),
      tensors_(tensors_name_) {
  tensors_.verify();
  const std::string words = read_file(folder / vocabulary_file);
  const auto checksum = tensors_.metadata().find(checksum_name);
  require<CheckpointError>(checksum != tensors_.metadata().end() &&
                               checksum->second == checksum_of(read_file(config_name_), words),
                           tensors_name_, ": was not saved together with the ", config_file, " and ",
                           vocabulary_file, " beside it; copy the whole folder again, or train again");
  vocabulary_ = parse_vocabulary(words, (folder / vocabulary_file).string());
}

void ClassifierFolder::require_kind(ClassifierKind kind) const {
  require<CheckpointError>(config_.kind == kind, config_name_, ": is a classifier of architecture '",
                           enum_name(config_.kind), "', but this takes one of '", enum_name(kind), "'");
}

}  // namespace heed
