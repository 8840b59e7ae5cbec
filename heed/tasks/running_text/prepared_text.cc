#include "heed/tasks/running_text/prepared_text.h"

#include <nlohmann/json.hpp>

#include "heed/base/crc32.h"
#include "heed/base/json_text.h"
#include "heed/base/settings_json.h"

namespace heed {
namespace {

std::string fingerprint(const TextDocuments& documents, const Tokenizers& tokenizers, DocumentEnd end) {
  TokenizerConfig config = tokenizers.config;
  return message("tokenizer ", crc32(tokenizers.source->serialized()), "\n", json_text(settings_of(config)),
                 "\ndocument end ", enum_name(end), "\n", documents.fingerprint());
}

std::string text_of(const PreparedText& text) {
  const auto& [tokens, report, counts, anew] = text;
  return text_of_json(nlohmann::ordered_json{{"documents", report.documents},
                                             {"bytes", report.bytes},
                                             {"empty", report.empty},
                                             {"invalid", report.invalid},
                                             {"first_invalid", report.first_invalid},
                                             {"tokens", counts.tokens},
                                             {"unknown", counts.unknown}});
}

/// DataError if the metadata are not those of a text.
PreparedText with_metadata(std::shared_ptr<const TokenStream> tokens, const std::string& metadata,
                           const std::string& where) {
  PreparedText text{.tokens = std::move(tokens), .report = {}, .counts = {}};
  try {
    const auto json = nlohmann::json::parse(metadata);
    json.at("documents").get_to(text.report.documents);
    json.at("bytes").get_to(text.report.bytes);
    json.at("empty").get_to(text.report.empty);
    json.at("invalid").get_to(text.report.invalid);
    json.at("first_invalid").get_to(text.report.first_invalid);
    json.at("tokens").get_to(text.counts.tokens);
    json.at("unknown").get_to(text.counts.unknown);
  } catch (const nlohmann::json::exception& error) {
    throw DataError(message(where, ": is damaged: ", error.what()));
  }
  return text;
}

std::optional<PreparedText> find(const std::filesystem::path& folder, const std::string& from,
                                 TrainingObserver& observer) {
  try {
    if (auto stored = open_token_stream(folder, from))
      return with_metadata(std::make_shared<const TokenStream>(std::move(stored->tokens)), stored->metadata,
                           folder.string());
    if (holds_token_stream(folder))
      observer.note("the text, or options that its tokens depend on, have changed: it is tokenized anew");
  } catch (const Error& error) {
    observer.note(message(error.what(), "; the text is tokenized anew"));
  }
  return std::nullopt;
}

}  // namespace

PreparedText prepare_text(const TextDocuments& documents, const Tokenizers& tokenizers, DocumentEnd end,
                          const std::filesystem::path& folder, TrainingObserver& observer) {
  const std::string from = fingerprint(documents, tokenizers, end);
  if (auto found = find(folder, from, observer)) return std::move(*found);
  const bool changed = holds_token_stream(folder);
  const auto tokenize = [&](const TakeTokens& take) {
    PreparedText text;
    DocumentReader reader = documents.open(text.report);
    text.counts = tokenize_documents(reader, *tokenizers.source, end, take);
    return text;
  };
  std::optional<TokenStreamWriter> writer;
  try {
    writer.emplace(folder);
    const PreparedText text = tokenize([&](auto tokens) { writer->add(tokens); });
    writer->finish(from, text_of(text));
    if (auto made = find(folder, from, observer)) {
      made->anew = changed;
      return std::move(*made);
    }
  } catch (const FileError& error) {
    observer.note(message(error.what(), "; the tokens are kept in memory, for now"));
  }
  const auto tokens = std::make_shared<TokenStream>();
  PreparedText text = tokenize([&](auto some) { tokens->add(some); });
  text.tokens = tokens;
  text.anew = changed;
  return text;
}

}  // namespace heed
