#include "heed/tasks/running_text/learned_text.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "heed/base/error.h"
#include "heed/base/files.h"
#include "heed/base/json_text.h"
#include "heed/data/shared_tokens.h"

namespace heed {
namespace {

std::filesystem::path file_of(const RunFolder& folder) { return folder.examples() / "learned_from.json"; }

}  // namespace

Index LearnedText::shared_with(const TokenStream& stream, Index begin) const {
  return tokens_shared_with({stream, begin, stream.size()}, {*tokens, 0, end});
}

std::optional<LearnedText> load_learned_text(const RunFolder& folder) {
  if (!folder.holds_run()) return std::nullopt;
  try {
    auto stored = open_token_stream(folder.examples() / "training", std::nullopt);
    if (!stored) return std::nullopt;
    // Without the file the run is from before there was one, and may have learned from all.
    Index end = stored->tokens.size();
    if (const auto file = file_of(folder); std::filesystem::exists(file))
      end = std::clamp<Index>(nlohmann::json::parse(read_file(file)).at("tokens").get<Index>(), 0, end);
    return LearnedText{std::make_shared<const TokenStream>(std::move(stored->tokens)), end};
  } catch (const Error&) {
  } catch (const nlohmann::json::exception&) {
  }
  return std::nullopt;
}

void save_learned_tokens(const RunFolder& folder, Index tokens) {
  try {
    write_file(file_of(folder), text_of_json(nlohmann::json{{"tokens", tokens}}) + "\n");
  } catch (const FileError&) {
  }
}

}  // namespace heed
