#pragma once
#include <string>
#include <string_view>

#include "heed/safetensors/safetensors.h"

namespace heed {

/// What stands before the tensors of a safetensors file.
struct SafetensorsHeader {
  std::map<std::string, SafetensorsFile::Entry> entries;
  Metadata metadata;
};

/// Bytes of one element of a type of the format ("F32"), or nothing if the format has no such type.
std::optional<std::size_t> safetensors_element_bytes(std::string_view type);

/// Reads the JSON of a header and checks it against the bytes that follow it: every tensor inside, of the
/// size that its shape says, none overlapping another, no byte without an owner. CheckpointError, starting
/// with `where`, otherwise.
SafetensorsHeader parse_safetensors_header(std::string_view json, std::size_t data_bytes,
                                           std::string_view where);

/// The JSON of a header.
std::string safetensors_header_json(const SafetensorsHeader& header);

}  // namespace heed
