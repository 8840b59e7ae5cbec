#include "heed/text/sentencepiece_tokenizer.h"

#include <fmt/format.h>
#include <sentencepiece_processor.h>

#include <algorithm>
#include <unordered_set>

#include "heed/base/error.h"
#include "heed/base/files.h"
#include "heed/text/exact_runs.h"
#include "heed/text/sentencepiece_check.h"

namespace heed {
namespace {

constexpr std::string_view space_mark = "\u2581";

/// SentencePiece reports what it looks for, and throws what the parts that it is made of do.
auto load(sentencepiece::SentencePieceProcessor& processor, std::string_view model, const std::string& name) {
  try {
    return processor.LoadFromSerializedProto(model);
  } catch (const std::exception& error) {
    throw CheckpointError(message(name, ": not a usable SentencePiece model: ", error.what()));
  }
}

}  // namespace

SentencePieceTokenizer::SentencePieceTokenizer(std::string_view model, const std::string& name,
                                               WhiteSpace white_space)
    : processor_(std::make_unique<sentencepiece::SentencePieceProcessor>()),
      name_(name),
      white_space_(white_space) {
  check_sentencepiece_model(model, name);
  const auto status = load(*processor_, model, name);
  require<CheckpointError>(status.ok(), name, ": not a usable SentencePiece model: ", status.ToString());
  map_ids();
  if (white_space_ == WhiteSpace::exact) map_bytes();
}

SentencePieceTokenizer::~SentencePieceTokenizer() = default;

SentencePieceTokenizer SentencePieceTokenizer::open(const std::filesystem::path& path) {
  return SentencePieceTokenizer(read_file(path), path.string());
}

void SentencePieceTokenizer::save(const std::filesystem::path& path) const { write_file(path, serialized()); }

std::string SentencePieceTokenizer::serialized() const { return processor_->serialized_model_proto(); }

void SentencePieceTokenizer::map_ids() {
  to_model_ = {processor_->pad_id(), processor_->bos_id(), processor_->eos_id(), processor_->unk_id()};
  from_model_.assign(static_cast<std::size_t>(processor_->GetPieceSize()), special::pad);
  for (Index id = 0; id < special::count; ++id)
    if (const int there = to_model_[static_cast<std::size_t>(id)]; there >= 0)
      from_model_[static_cast<std::size_t>(there)] = id;
  for (int there = 0; there < processor_->GetPieceSize(); ++there) {
    if (there == processor_->pad_id() || there == processor_->bos_id() || there == processor_->eos_id() ||
        there == processor_->unk_id())
      continue;
    from_model_[static_cast<std::size_t>(there)] = static_cast<Index>(to_model_.size());
    to_model_.push_back(there);
  }
}

void SentencePieceTokenizer::map_bytes() {
  for (std::size_t byte = 0; byte < byte_ids_.size(); ++byte) {
    const int there = processor_->PieceToId(fmt::format("<0x{:02X}>", byte));
    require<CheckpointError>(processor_->IsByte(there), name_, ": has no piece for byte ", byte,
                             ", so that it cannot give back text as it was; was it made with byte_fallback?");
    byte_ids_[byte] = from_model_[static_cast<std::size_t>(there)];
  }
  space_is_a_piece_ = processor_->PieceToId(space_mark) != processor_->unk_id();
  texts_.resize(to_model_.size());
  for (std::size_t id = special::count; id < texts_.size(); ++id)
    texts_[id] = text_of_piece(static_cast<Index>(id));
}

/// With spaces where the piece has marks for them; a byte for a piece that stands for one.
std::string SentencePieceTokenizer::text_of_piece(Index id) const {
  const int there = model_id(id);
  if (id < special::count || processor_->IsControl(there)) return {};
  std::string text = processor_->IdToPiece(there);
  if (processor_->IsByte(there)) {
    const std::string hexadecimal = text.substr(text.find('x') + 1, 2);  // <0x0A>
    return std::string(1, static_cast<char>(std::stoi(hexadecimal, nullptr, 16)));
  }
  for (std::size_t at; (at = text.find(space_mark)) != text.npos;) text.replace(at, space_mark.size(), " ");
  return text;
}

std::string SentencePieceTokenizer::added_text(Index id) const { return text_of_piece(id); }

std::vector<TextSpan> SentencePieceTokenizer::spans(std::string_view text) const {
  std::vector<TextSpan> all;
  if (white_space_ == WhiteSpace::exact) {
    Index begin = 0;
    for (const Index id : encode_exactly(text)) {
      const Index length = std::ssize(texts_[static_cast<std::size_t>(id)]);
      all.push_back({begin, begin + length});
      begin += length;
    }
    return all;
  }
  const auto encoded = processor_->EncodeAsImmutableProto(text);
  for (std::size_t i = 0; i < encoded.pieces_size(); ++i) {
    const auto piece = encoded.pieces(static_cast<int>(i));
    auto begin = static_cast<Index>(piece.begin());
    const auto end = static_cast<Index>(piece.end());
    while (begin < end && text[static_cast<std::size_t>(begin)] == ' ') ++begin;
    all.push_back({begin, end});
  }
  return all;
}

std::vector<Index> SentencePieceTokenizer::encode(std::string_view text) const {
  if (white_space_ == WhiteSpace::exact) return encode_exactly(text);
  std::vector<Index> ids;
  append_encoded(text, ids);
  return ids;
}

void SentencePieceTokenizer::append_encoded(std::string_view text, std::vector<Index>& ids) const {
  std::vector<int> found;
  const auto status = processor_->Encode(text, &found);
  require<DataError>(status.ok(), name_, ": cannot encode ", text.size(), " bytes: ", status.ToString());
  ids.reserve(ids.size() + found.size());
  for (const int there : found) ids.push_back(from_model_[static_cast<std::size_t>(there)]);
}

std::vector<Index> SentencePieceTokenizer::encode_exactly(std::string_view text) const {
  std::vector<Index> ids;
  const auto add_byte = [&](unsigned char byte) { ids.push_back(byte_ids_[byte]); };
  const auto add_run = [&](std::string_view run) {
    while (!space_is_a_piece_ && !run.empty()) {
      const std::size_t space = std::min(run.find(' '), run.size());
      if (space > 0) append_encoded(run.substr(0, space), ids);
      if (space == run.size()) return;
      add_byte(' ');
      run.remove_prefix(space + 1);
    }
    if (!run.empty()) append_encoded(run, ids);
  };
  for_each_exact_run(text, add_run, add_byte);
  return ids;
}

std::vector<std::string> SentencePieceTokenizer::unknown_parts(std::string_view text) const {
  if (white_space_ == WhiteSpace::exact) return {};
  std::vector<std::string> pieces, parts;
  const auto status = processor_->Encode(text, &pieces);
  require<DataError>(status.ok(), name_, ": cannot encode ", text.size(), " bytes: ", status.ToString());
  std::unordered_set<std::string_view> seen;
  for (const std::string& piece : pieces)
    if (processor_->PieceToId(piece) == processor_->unk_id() && seen.insert(piece).second)
      parts.push_back(piece);
  return parts;
}

std::string SentencePieceTokenizer::decode_exactly(std::span<const Index> ids) const {
  std::string text;
  for (const Index id : ids) {
    model_id(id);  // refuses what is outside the vocabulary
    text += texts_[static_cast<std::size_t>(id)];
  }
  return text;
}

std::string SentencePieceTokenizer::decode(std::span<const Index> ids) const {
  if (white_space_ == WhiteSpace::exact) return decode_exactly(ids);
  std::vector<int> pieces;
  pieces.reserve(ids.size());
  for (const Index id : ids) {
    const int there = model_id(id);
    if (id >= special::count) pieces.push_back(there);
  }
  std::string text;
  const auto status = processor_->Decode(pieces, &text);
  require<DataError>(status.ok(), name_, ": cannot decode ", ids.size(), " ids: ", status.ToString());
  return text;
}

std::string SentencePieceTokenizer::piece(Index id) const {
  const int there = model_id(id);
  if (there < 0) return std::string(special::names[static_cast<std::size_t>(id)]);
  return processor_->IdToPiece(there);
}

std::optional<Index> SentencePieceTokenizer::find(std::string_view piece) const {
  const int there = processor_->PieceToId(piece);  // the unknown id when there is none
  if (there != processor_->unk_id() || processor_->IdToPiece(there) == piece)
    return from_model_[static_cast<std::size_t>(there)];
  for (Index id = 0; id < special::count; ++id)
    if (model_id(id) < 0 && special::names[static_cast<std::size_t>(id)] == piece) return id;
  return std::nullopt;
}

std::optional<Index> SentencePieceTokenizer::id_in_model(Index id) const {
  const int there = model_id(id);
  return there < 0 ? std::nullopt : std::optional<Index>(there);
}

int SentencePieceTokenizer::model_id(Index id) const {
  require<DataError>(0 <= id && id < vocabulary_size(), name_, ": token ", id, " meets a vocabulary of ",
                     vocabulary_size(), " pieces; does the model belong to another tokenizer?");
  return to_model_[static_cast<std::size_t>(id)];
}

}  // namespace heed
