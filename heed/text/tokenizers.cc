#include "heed/text/tokenizers.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "heed/base/crc32.h"
#include "heed/base/error.h"
#include "heed/base/files.h"
#include "heed/base/json_text.h"
#include "heed/base/settings_json.h"
#include "heed/text/byte_tokenizer.h"
#include "heed/text/sentencepiece_tokenizer.h"
#include "heed/text/whitespace_tokenizer.h"

namespace heed {
namespace {

constexpr int format_version = 1;

BpeJoining joining(const TokenizerConfig& config) {
  return config.undo_bpe_joining ? BpeJoining::undo : BpeJoining::keep;
}

WhiteSpace white_space(const TokenizerConfig& config) {
  return config.exact_whitespace ? WhiteSpace::exact : WhiteSpace::as_in_model;
}

bool is_subword(TokenizerKind kind) { return kind == TokenizerKind::unigram || kind == TokenizerKind::bpe; }

/// tokenizer.model, tokenizer.source.model, tokenizer.target.vocab and so on; side is "", "source" or
/// "target". Empty for a kind that keeps nothing in a file.
std::string file_name(TokenizerKind kind, const std::string& side) {
  if (kind == TokenizerKind::bytes) return "";
  return "tokenizer" + (side.empty() ? "" : "." + side) +
         (kind == TokenizerKind::whitespace   ? ".vocab"
          : kind == TokenizerKind::characters ? ".characters"
                                              : ".model");
}

/// Refuses what was set of options that characters and bytes do not have.
void require_own_options(const TokenizerConfig& config) {
  std::vector<std::string_view> own{"tokenizer", "joint_vocabulary", "exact_whitespace"};
  if (config.kind == TokenizerKind::characters) own.push_back("minimum_count");
  TokenizerConfig given = config, usual;
  const Settings settings = settings_of(given), defaults = settings_of(usual);
  for (std::size_t i = 0; i < settings.size(); ++i) {
    const std::string is = shown(settings[i].get()), name = settings[i].name;
    require<ConfigError>(std::ranges::find(own, name) != own.end() || is == shown(defaults[i].get()),
                         "tokenizer: ", name, " is ", is, ", but a tokenizer of kind ",
                         enum_name(config.kind), " has no such option; leave it out");
  }
}

std::shared_ptr<const Tokenizer> train_one(const TokenizerConfig& config,
                                           std::span<const std::string_view> sentences,
                                           const std::string& side, std::vector<std::string>& notes) {
  if (config.kind == TokenizerKind::bytes) return std::make_shared<const ByteTokenizer>();
  if (config.kind == TokenizerKind::characters) {
    CharacterCounts counts;
    for (const std::string_view sentence : sentences) counts.add(sentence);
    return std::make_shared<const CharacterTokenizer>(counts.vocabulary(config.minimum_count),
                                                      "the new vocabulary");
  }
  if (config.kind == TokenizerKind::whitespace)
    return std::make_shared<const WhitespaceTokenizer>(
        count_words(sentences, {.minimum_count = config.minimum_count,
                                .vocabulary_size = config.vocabulary_size.value_or(0)}),
        joining(config), "the new vocabulary");
  const auto [tokenizer, report] = train_subwords(
      sentences,
      {.algorithm = config.kind == TokenizerKind::bpe ? SubwordAlgorithm::bpe : SubwordAlgorithm::unigram,
       .vocabulary_size = config.vocabulary_size.value_or(SubwordOptions{}.vocabulary_size),
       .byte_fallback = config.byte_fallback,
       .split_digits = config.split_digits,
       .character_coverage = config.character_coverage,
       .white_space = white_space(config),
       .normalization = config.normalization,
       .threads = config.threads});
  for (const std::string& note : report.notes())
    notes.push_back((side.empty() ? "tokenizer: " : side + " tokenizer: ") + note);
  return tokenizer;
}

/// SentencePiece trusts what it reads: a flipped bit in a model can end the program. So the description knows
/// what its files add up to.
std::string checksum(std::string_view content) { return message(crc32(content)); }

struct Description {
  TokenizerConfig config;
  std::map<std::string, std::string> checksums;  // by file name
};

Description read_description(const std::filesystem::path& path) {
  require<FileError>(std::filesystem::exists(path), path.string(),
                     ": is missing, so that the model cannot read text; was its whole folder copied?");
  const std::string content = read_file(path);
  try {
    auto json = nlohmann::ordered_json::parse(content);
    const int version = json.at("format_version").get<int>();
    require<CheckpointError>(version == format_version, path.string(), ": format version ", version,
                             ", but this program reads version ", format_version,
                             "; was it written by a newer heed?");
    json.erase("format_version");
    Description description;
    json.at("checksums").get_to(description.checksums);
    json.erase("checksums");
    description.config = completed(from_json<TokenizerConfig>(json, path.string()));
    return description;
  } catch (const nlohmann::json::exception& error) {
    throw CheckpointError(message(path.string(), ": not a description of heed tokenizers: ", error.what()));
  } catch (const ConfigError& error) {
    throw CheckpointError(error.what());
  }
}

std::shared_ptr<const Tokenizer> load_one(const std::filesystem::path& folder, const std::string& side,
                                          const Description& description) {
  const TokenizerConfig& config = description.config;
  if (config.kind == TokenizerKind::bytes) return std::make_shared<const ByteTokenizer>();
  const std::string name = file_name(config.kind, side);
  const std::string path = (folder / name).string(), content = read_file(path);
  const auto expected = description.checksums.find(name);
  require<CheckpointError>(
      expected != description.checksums.end() && expected->second == checksum(content), path,
      ": not the file that tokenizer.json beside it describes (its checksum differs); was it "
      "damaged, or replaced?");
  if (config.kind == TokenizerKind::whitespace)
    return std::make_shared<const WhitespaceTokenizer>(content, joining(config), path);
  if (config.kind == TokenizerKind::characters)
    return std::make_shared<const CharacterTokenizer>(content, path);
  return std::make_shared<const SentencePieceTokenizer>(content, path, white_space(config));
}

}  // namespace

void Tokenizers::save(const std::filesystem::path& folder) const {
  std::map<std::string, std::string> checksums;
  const auto write = [&](const Tokenizer& tokenizer, const std::string& side) {
    const std::string name = file_name(config.kind, side), content = tokenizer.serialized();
    if (name.empty()) return;
    write_file(folder / name, content);
    checksums[name] = checksum(content);
  };
  if (joint()) {
    write(*source, "");
  } else {
    write(*source, "source");
    write(*target, "target");
  }
  // Last: it is what a reader starts from.
  nlohmann::ordered_json description{{"format_version", format_version}};
  TokenizerConfig as_saved = config;
  as_saved.joint = joint();
  description.update(to_json(as_saved));
  description["checksums"] = checksums;
  write_file(folder / "tokenizer.json", text_of_json(description, 2) + "\n");
}

Settings settings_for_reading(TokenizerConfig& config) {
  Settings all = settings_of(config);
  std::erase_if(all, [](const Setting& setting) {
    return setting.name == "joint_vocabulary" || setting.name == "undo_bpe_joining";
  });
  return all;
}

TokenizerConfig completed(TokenizerConfig config) {
  if (config.kind == TokenizerKind::characters || config.kind == TokenizerKind::bytes)
    require_own_options(config);
  if (!config.exact_whitespace) return config;
  require<ConfigError>(config.kind != TokenizerKind::whitespace,
                       "tokenizer: exact_whitespace is set, but a tokenizer of kind whitespace keeps none; "
                       "choose unigram, bpe, characters or bytes");
  if (!is_subword(config.kind)) return config;
  require<ConfigError>(config.byte_fallback,
                       "tokenizer: exact_whitespace spells ends of lines as bytes, but byte_fallback is off; "
                       "leave it on");
  require<ConfigError>(
      config.normalization == TokenizerConfig().normalization || config.normalization == "identity",
      "tokenizer: normalization is ", config.normalization,
      ", but exact_whitespace changes nothing in a text; leave it out, or set exact_whitespace to false");
  config.normalization = "identity";
  return config;
}

Index expected_vocabulary_size(const TokenizerConfig& config) {
  if (config.kind == TokenizerKind::bytes) return ByteTokenizer().vocabulary_size();
  return config.vocabulary_size.value_or(SubwordOptions().vocabulary_size);
}

TokenizerConfig for_language_models(TokenizerConfig config) {
  config.exact_whitespace = config.kind != TokenizerKind::whitespace;
  return config;
}

Tokenizers train_tokenizers(const TokenizerConfig& given, std::span<const std::string_view> source,
                            std::span<const std::string_view> target) {
  Tokenizers tokenizers;
  const TokenizerConfig config = tokenizers.config = completed(given);
  if (config.joint) {
    std::vector<std::string_view> both(source.begin(), source.end());
    both.insert(both.end(), target.begin(), target.end());
    tokenizers.source = tokenizers.target = train_one(config, both, "", tokenizers.notes);
  } else {
    tokenizers.source = train_one(config, source, "source", tokenizers.notes);
    tokenizers.target = train_one(config, target, "target", tokenizers.notes);
  }
  return tokenizers;
}

Tokenizers train_tokenizers(const TokenizerConfig& config, std::span<const std::string_view> texts) {
  require<ConfigError>(config.joint,
                       "tokenizer: joint_vocabulary is off, but a language model reads and writes one text; "
                       "leave it on");
  return train_tokenizers(config, texts, {});
}

Tokenizers character_tokenizers(const TokenizerConfig& config, const CharacterCounts& counts) {
  require<ConfigError>(config.kind == TokenizerKind::characters && config.joint,
                       "tokenizer: one of kind characters is made from counts, with a joint vocabulary");
  Tokenizers tokenizers;
  tokenizers.config = completed(config);
  tokenizers.source = tokenizers.target = std::make_shared<const CharacterTokenizer>(
      counts.vocabulary(config.minimum_count), "the new vocabulary");
  return tokenizers;
}

Tokenizers load_tokenizers(const std::filesystem::path& folder) {
  const Description description = read_description(folder / "tokenizer.json");
  Tokenizers tokenizers;
  tokenizers.config = description.config;
  if (description.config.joint) {
    tokenizers.source = tokenizers.target = load_one(folder, "", description);
  } else {
    tokenizers.source = load_one(folder, "source", description);
    tokenizers.target = load_one(folder, "target", description);
  }
  return tokenizers;
}

}  // namespace heed
