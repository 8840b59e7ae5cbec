#include "heed/text/protocol_buffer.h"

#include <limits>

namespace heed {

std::optional<MessageFields::Field> MessageFields::next() {
  if (rest_.empty() || !sound_) return std::nullopt;
  const auto field = read_field();
  sound_ = field.has_value();
  return field;
}

std::optional<std::uint64_t> MessageFields::read_number() {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
    const auto byte = static_cast<unsigned char>(rest_.front());
    rest_.remove_prefix(1);
    value |= std::uint64_t{byte & 0x7Fu} << shift;
    if (byte < 0x80) return value;
  }
  return std::nullopt;
}

std::optional<std::string_view> MessageFields::read_bytes(std::uint64_t count) {
  if (count > rest_.size()) return std::nullopt;
  const std::string_view bytes = rest_.substr(0, count);
  rest_.remove_prefix(count);
  return bytes;
}

std::optional<MessageFields::Field> MessageFields::read_field() {
  const auto tag = read_number();
  // Readers disagree on what a longer tag means.
  if (!tag || *tag > std::numeric_limits<std::uint32_t>::max()) return std::nullopt;
  Field field{static_cast<std::uint32_t>(*tag >> 3), static_cast<Type>(*tag & 7), 0, {}};
  std::optional<std::uint64_t> count;
  switch (field.type) {
    case Type::number:
      if (const auto number = read_number()) {
        field.number = *number;
        return field;
      }
      return std::nullopt;
    case Type::eight_bytes:
      count = 8;
      break;
    case Type::four_bytes:
      count = 4;
      break;
    case Type::bytes:
      count = read_number();
      break;
  }
  // Groups, 3 and 4, are long out of use.
  const auto bytes = count ? read_bytes(*count) : std::nullopt;
  if (!bytes) return std::nullopt;
  field.bytes = *bytes;
  return field;
}

}  // namespace heed
