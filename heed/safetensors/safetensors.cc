#include "heed/safetensors/safetensors.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <ostream>

#include "heed/base/crc32.h"
#include "heed/base/files.h"
#include "heed/base/mapped_file.h"
#include "heed/base/suggestions.h"
#include "heed/safetensors/safetensors_header.h"

namespace heed {
namespace {

static_assert(std::endian::native == std::endian::little, "the format stores the low byte first");

constexpr std::size_t length_bytes = 8;
constexpr std::size_t alignment = 64;
// The format's own limit: a longer header is an attack or another format.
constexpr std::size_t longest_header = 100'000'000;
const std::string checksum_key = "heed.crc32", header_checksum_key = "heed.header.crc32";

constexpr std::array types{std::pair{"F32", DataType::float32}, std::pair{"BF16", DataType::bfloat16},
                           std::pair{"I32", DataType::int32}, std::pair{"I8", DataType::int8}};

std::string_view safetensors_name(DataType type) {
  for (const auto& [name, candidate] : types)
    if (candidate == type) return name;
  throw CheckpointError(message("safetensors: no name for tensors of ", name_of(type)));
}

std::optional<DataType> type_of(std::string_view name) {
  for (const auto& [candidate, type] : types)
    if (candidate == name) return type;
  return std::nullopt;
}

const std::byte* bytes_of(const Tensor& tensor) {
  switch (tensor.type()) {
    case DataType::float32:
      return reinterpret_cast<const std::byte*>(tensor.data<float>());
    case DataType::bfloat16:
      return reinterpret_cast<const std::byte*>(tensor.data<BFloat16>());
    case DataType::int32:
      return reinterpret_cast<const std::byte*>(tensor.data<std::int32_t>());
    case DataType::int8:
      return reinterpret_cast<const std::byte*>(tensor.data<std::int8_t>());
  }
  return nullptr;
}

std::string hexadecimal(std::uint32_t number) {
  char text[9];
  std::snprintf(text, sizeof text, "%08x", static_cast<unsigned>(number));
  return text;
}

/// Of all that a header says, but for this checksum itself.
std::string header_checksum(SafetensorsHeader header) {
  header.metadata.erase(header_checksum_key);
  return hexadecimal(crc32(safetensors_header_json(header)));
}

struct Piece {
  std::string name;
  Tensor tensor;  // packed
  std::size_t bytes;
};

/// Tensors in the order in which they are written. The format allows no gaps, so those that are whole cache
/// lines come first and stay aligned to one; the rest follow by falling size of element, aligned to that.
std::vector<Piece> in_order(const TensorMap& tensors) {
  std::vector<Piece> pieces;
  for (const auto& [name, tensor] : tensors) {
    require<CheckpointError>(bool(tensor), "safetensors: tensor '", name, "' is absent and cannot be saved");
    require<CheckpointError>(name != "__metadata__", "safetensors: no tensor may be called ", name);
    const auto bytes = static_cast<std::size_t>(tensor.count() * size_of(tensor.type()));
    pieces.push_back({name, tensor.packed() ? tensor : tensor.clone(), bytes});
  }
  const auto rank = [](const Piece& piece) {
    return piece.bytes % alignment == 0 ? 0
                                        : 1 + static_cast<Index>(alignment) - size_of(piece.tensor.type());
  };
  std::stable_sort(pieces.begin(), pieces.end(),
                   [&](const Piece& a, const Piece& b) { return rank(a) < rank(b); });
  return pieces;
}

}  // namespace

void write_safetensors(const std::filesystem::path& path, const TensorMap& tensors, Metadata metadata) {
  const std::vector<Piece> pieces = in_order(tensors);
  SafetensorsHeader header;
  std::size_t offset = 0;
  std::uint32_t sum = 0;
  for (const auto& [name, tensor, bytes] : pieces) {
    const std::vector<Index> shape(tensor.shape().begin(), tensor.shape().end());
    header.entries[name] = {std::string(safetensors_name(tensor.type())), shape, offset, offset + bytes};
    offset += bytes;
    sum = crc32({bytes_of(tensor), bytes}, sum);
  }
  header.metadata = std::move(metadata);
  header.metadata[checksum_key] = hexadecimal(sum);
  header.metadata[header_checksum_key] = header_checksum(header);

  std::string json = safetensors_header_json(header);
  json.append((alignment - (length_bytes + json.size()) % alignment) % alignment, ' ');
  require<CheckpointError>(json.size() <= longest_header, path.string(), ": too many tensors for one file");
  const auto write = [&](std::ostream& out) {
    const std::uint64_t length = json.size();
    out.write(reinterpret_cast<const char*>(&length), length_bytes);
    out << json;
    for (const Piece& piece : pieces)
      out.write(reinterpret_cast<const char*>(bytes_of(piece.tensor)),
                static_cast<std::streamsize>(piece.bytes));
  };
  write_file(path, write, length_bytes + json.size() + offset);
}

SafetensorsFile::SafetensorsFile(const std::filesystem::path& path)
    : path_("checkpoint " + path.string()), file_(std::make_shared<MappedFile>(path)) {
  const std::size_t bytes = file_->bytes();
  std::uint64_t length = 0;
  require<CheckpointError>(bytes > length_bytes, path_, ": has ", bytes,
                           " bytes, too few for any checkpoint; save or copy it again");
  std::memcpy(&length, file_->data(), length_bytes);
  const char first = static_cast<char>(file_->data()[length_bytes]);
  require<CheckpointError>(length > 0 && length <= longest_header && first == '{', path_,
                           ": is not a safetensors file; was it made by another program?");
  require<CheckpointError>(length <= bytes - length_bytes, path_, ": is cut short: its header has ", length,
                           " bytes, but only ", bytes - length_bytes, " are there; save or copy it again");
  data_ = file_->data() + length_bytes + length;
  data_bytes_ = bytes - length_bytes - length;
  const std::string_view json(reinterpret_cast<const char*>(file_->data()) + length_bytes, length);
  SafetensorsHeader header = parse_safetensors_header(json, data_bytes_, path_);
  const auto sum = header.metadata.find(header_checksum_key);
  require<CheckpointError>(sum == header.metadata.end() || sum->second == header_checksum(header), path_,
                           ": is damaged: its header is not the one that was saved; copy it again or use "
                           "another checkpoint");
  entries_ = std::move(header.entries);
  metadata_ = std::move(header.metadata);
}

Tensor SafetensorsFile::tensor(const std::string& name) const {
  const auto found = entries_.find(name);
  if (found == entries_.end()) {
    std::vector<std::string> names;
    for (const auto& entry : entries_) names.push_back(entry.first);
    throw CheckpointError(
        message(path_, ": no tensor '", name, "' among its ", names.size(), did_you_mean(name, names)));
  }
  const Entry& entry = found->second;
  const auto type = type_of(entry.type);
  require<CheckpointError>(type.has_value(), path_, ": tensor '", name, "' is of type ", entry.type,
                           ", but heed reads F32, BF16, I32 and I8; convert it first");
  require<CheckpointError>(static_cast<Index>(entry.shape.size()) <= Shape::max_rank, path_, ": tensor '",
                           name, "' has ", entry.shape.size(), " axes; heed handles up to ", Shape::max_rank);
  const Shape shape(entry.shape);
  std::byte* start = data_ + entry.begin;
  const std::size_t bytes = entry.end - entry.begin;
  if (reinterpret_cast<std::uintptr_t>(start) % static_cast<std::size_t>(size_of(*type)) == 0)
    return Tensor(Storage::borrowed(start, bytes, file_), shape, *type);
  auto storage = Storage::pooled(bytes);
  std::memcpy(storage->data(), start, bytes);
  return Tensor(std::move(storage), shape, *type);
}

TensorMap SafetensorsFile::tensors() const {
  TensorMap all;
  for (const auto& entry : entries_) all.emplace(entry.first, tensor(entry.first));
  return all;
}

void SafetensorsFile::forget() const { file_->forget(); }

void SafetensorsFile::verify() const {
  const auto expected = metadata_.find(checksum_key);
  if (expected == metadata_.end()) return;
  // In pieces: a large model need not lie in memory twice, here and packed.
  constexpr std::size_t piece = std::size_t{32} << 20;
  std::uint32_t sum = 0;
  for (std::size_t begin = 0; begin < data_bytes_; begin += piece) {
    if (begin > 0) forget();
    sum = crc32({data_ + begin, std::min(piece, data_bytes_ - begin)}, sum);
  }
  const std::string found = hexadecimal(sum);
  require<CheckpointError>(found == expected->second, path_, ": is damaged: its tensors have the checksum ",
                           found, ", but ", expected->second,
                           " was saved; copy it again or use another checkpoint");
}

}  // namespace heed
