#include "heed/text/sentencepiece_tokenizer.h"

#include <sentencepiece_processor.h>

#include <array>

#include "heed/base/error.h"
#include "heed/base/files.h"
#include "heed/text/sentencepiece_check.h"

namespace heed {
namespace {

constexpr std::array<std::string_view, special::count> special_names{"<pad>", "<s>", "</s>", "<unk>"};

/// SentencePiece reports what it looks for, and throws what the parts that it is made of do.
auto load(sentencepiece::SentencePieceProcessor& processor, std::string_view model, const std::string& name) {
  try {
    return processor.LoadFromSerializedProto(model);
  } catch (const std::exception& error) {
    throw CheckpointError(message(name, ": not a usable SentencePiece model: ", error.what()));
  }
}

}  // namespace

SentencePieceTokenizer::SentencePieceTokenizer(std::string_view model, const std::string& name)
    : processor_(std::make_unique<sentencepiece::SentencePieceProcessor>()), name_(name) {
  check_sentencepiece_model(model, name);
  const auto status = load(*processor_, model, name);
  require<CheckpointError>(status.ok(), name, ": not a usable SentencePiece model: ", status.ToString());
  map_ids();
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

std::vector<Index> SentencePieceTokenizer::encode(std::string_view text) const {
  std::vector<int> found;
  const auto status = processor_->Encode(text, &found);
  require<DataError>(status.ok(), name_, ": cannot encode ", text.size(), " bytes: ", status.ToString());
  std::vector<Index> ids(found.size());
  for (std::size_t i = 0; i < found.size(); ++i) ids[i] = from_model_[static_cast<std::size_t>(found[i])];
  return ids;
}

std::string SentencePieceTokenizer::decode(std::span<const Index> ids) const {
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
  if (there < 0) return std::string(special_names[static_cast<std::size_t>(id)]);
  return processor_->IdToPiece(there);
}

std::optional<Index> SentencePieceTokenizer::find(std::string_view piece) const {
  const int there = processor_->PieceToId(piece);  // the unknown id when there is none
  if (there != processor_->unk_id() || processor_->IdToPiece(there) == piece)
    return from_model_[static_cast<std::size_t>(there)];
  for (Index id = 0; id < special::count; ++id)
    if (model_id(id) < 0 && special_names[static_cast<std::size_t>(id)] == piece) return id;
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
