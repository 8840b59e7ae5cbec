#include "heed/text/sentencepiece_check.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

#include "heed/base/error.h"
#include "heed/base/protocol_buffer.h"
#include "heed/text/character_map.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

// The ids of sentencepiece_model.proto.
constexpr std::uint32_t model_pieces = 1, model_trainer = 2, model_normalizer = 3, model_denormalizer = 5;
constexpr std::uint32_t piece_text = 1, piece_score = 2, piece_kind = 3;
constexpr std::uint64_t user_defined = 4;
constexpr std::uint32_t normalizer_map = 2;
/// As many pieces that users define as SentencePiece has room for where each begins as the next does.
constexpr std::size_t most_prefixes = 64;

class Check {
 public:
  Check(std::string_view model, const std::string& name) : model_(model), name_(name) {}

  void run() {
    bool pieces = false, trainer = false, normalizer = false;
    MessageFields fields(model_);
    while (const auto field = fields.next()) {
      if (field->type != WireType::bytes) refuse();  // every field of a ModelProto has a length
      if (field->id == model_pieces) check_piece(field->bytes);
      if (field->id == model_normalizer || field->id == model_denormalizer) check_normalizer(field->bytes);
      pieces |= field->id == model_pieces;
      trainer |= field->id == model_trainer;
      normalizer |= field->id == model_normalizer;
    }
    // A file cut between two pieces still parses, and would pass for a smaller model.
    if (!fields.finished() || !pieces || !trainer || !normalizer) refuse();
    check_user_defined();
  }

 private:
  [[noreturn]] void refuse() const {
    throw CheckpointError(message(
        name_, ": ", model_.size(),
        " bytes that are no SentencePiece model, or only a part of one; is it the right file, and was "
        "it copied whole?"));
  }

  void check_piece(std::string_view bytes) {
    MessageFields fields(bytes);
    std::string_view text;
    float score = 0;
    std::uint64_t kind = 0;
    while (const auto field = fields.next()) {
      if (field->id == piece_text && field->type == WireType::bytes) text = field->bytes;
      if (field->id == piece_score && field->type == WireType::four_bytes)
        std::memcpy(&score, field->bytes.data(), sizeof score);
      if (field->id == piece_kind && field->type == WireType::number) kind = field->number;
    }
    if (!fields.finished()) refuse();
    require<CheckpointError>(!text.empty() && text.find('\0') == text.npos, name_, ": piece ", pieces_,
                             ": is empty or holds a NUL byte; the file is damaged");
    require<CheckpointError>(std::isfinite(score), name_, ": piece ", pieces_, ", '", printable(text),
                             "': its score is no number; the file is damaged");
    if (kind == user_defined) user_defined_.push_back(text);
    ++pieces_;
  }

  void check_normalizer(std::string_view bytes) const {
    MessageFields fields(bytes);
    while (const auto field = fields.next())
      if (field->id == normalizer_map && field->type == WireType::bytes && !field->bytes.empty())
        require<CheckpointError>(is_sound_character_map(field->bytes), name_,
                                 ": its rules of normalization lead out of the file; the file is damaged");
    if (!fields.finished()) refuse();
  }

  void check_user_defined() {
    std::sort(user_defined_.begin(), user_defined_.end());
    std::vector<std::string_view> prefixes;  // of one another
    for (const std::string_view text : user_defined_) {
      while (!prefixes.empty() && !text.starts_with(prefixes.back())) prefixes.pop_back();
      prefixes.push_back(text);
      require<CheckpointError>(prefixes.size() <= most_prefixes, name_, ": more than ", most_prefixes,
                               " user-defined pieces of which each begins as the next does, such as '",
                               printable(text), "': SentencePiece has no room for them");
    }
  }

  std::string_view model_;
  const std::string& name_;
  Index pieces_ = 0;
  std::vector<std::string_view> user_defined_;
};

}  // namespace

std::string_view normalization_rules(std::string_view model) {
  MessageFields fields(model);
  while (const auto field = fields.next()) {
    if (field->id != model_normalizer) continue;
    MessageFields rules(field->bytes);
    while (const auto rule = rules.next())
      if (rule->id == normalizer_map) return rule->bytes;
  }
  return {};
}

void check_sentencepiece_model(std::string_view model, const std::string& name) { Check(model, name).run(); }

}  // namespace heed
