#pragma once
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "heed/tensor/tensor.h"

namespace heed {

class MappedFile;

/// Host tensors by name.
using TensorMap = std::map<std::string, Tensor>;

/// Texts that travel with the tensors of a file.
using Metadata = std::map<std::string, std::string>;

/// Writes tensors in the safetensors format (huggingface.co/docs/safetensors), atomically, with checksums of
/// all their bytes and of all that is said of them in the metadata. FileError if there is no room. Equal
/// tensors and metadata give equal bytes.
void write_safetensors(const std::filesystem::path& path, const TensorMap& tensors, Metadata metadata = {});

/// A safetensors file, memory-mapped: tensors share the mapping, which lives as long as they do, and writing
/// to them changes no file.
class SafetensorsFile {
 public:
  /// What the header says of one tensor.
  struct Entry {
    std::string type;                // as in the file: "F32", "BF16", also types that heed has no tensors of
    std::vector<Index> shape;        // may have more axes than a Tensor can
    std::size_t begin = 0, end = 0;  // bytes after the header
  };

  /// Reads and checks the whole header, with its checksum if it has one. CheckpointError for what is no sound
  /// safetensors file, FileError for what cannot be read.
  explicit SafetensorsFile(const std::filesystem::path& path);

  const std::map<std::string, Entry>& entries() const { return entries_; }
  const Metadata& metadata() const { return metadata_; }
  bool contains(const std::string& name) const { return entries_.contains(name); }

  /// The tensor of a name. CheckpointError if there is none or heed has no such tensors.
  Tensor tensor(const std::string& name) const;
  TensorMap tensors() const;

  /// Reads all tensors' bytes and compares them with the checksum; files without one pass. CheckpointError
  /// if they differ.
  void verify() const;

  /// Gives the memory of what was read back; it is read again where it is touched again. Only while nobody
  /// has written to the tensors.
  void forget() const;

 private:
  std::string path_;  // for messages
  std::shared_ptr<MappedFile> file_;
  std::byte* data_ = nullptr;
  std::size_t data_bytes_ = 0;
  std::map<std::string, Entry> entries_;
  Metadata metadata_;
};

}  // namespace heed
