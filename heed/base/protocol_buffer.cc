#include "heed/base/protocol_buffer.h"

#include "heed/base/little_endian.h"

#include <bit>
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
  Field field{static_cast<std::uint32_t>(*tag >> 3), static_cast<WireType>(*tag & 7), 0, {}};
  std::optional<std::uint64_t> count;
  switch (field.type) {
    case WireType::number:
      if (const auto number = read_number()) {
        field.number = *number;
        return field;
      }
      return std::nullopt;
    case WireType::eight_bytes:
      count = 8;
      break;
    case WireType::four_bytes:
      count = 4;
      break;
    case WireType::bytes:
      count = read_number();
      break;
  }
  // Groups, 3 and 4, are long out of use.
  const auto bytes = count ? read_bytes(*count) : std::nullopt;
  if (!bytes) return std::nullopt;
  field.bytes = *bytes;
  return field;
}

MessageWriter& MessageWriter::integer(std::uint32_t field, std::int64_t value) {
  key(field, WireType::number);
  number(static_cast<std::uint64_t>(value));
  return *this;
}

MessageWriter& MessageWriter::real(std::uint32_t field, double value) {
  key(field, WireType::eight_bytes);
  bytes_ += little_endian(std::bit_cast<std::uint64_t>(value));
  return *this;
}

MessageWriter& MessageWriter::real(std::uint32_t field, float value) {
  key(field, WireType::four_bytes);
  bytes_ += little_endian(std::bit_cast<std::uint32_t>(value));
  return *this;
}

MessageWriter& MessageWriter::text(std::uint32_t field, std::string_view value) {
  key(field, WireType::bytes);
  number(value.size());
  bytes_ += value;
  return *this;
}

MessageWriter& MessageWriter::message(std::uint32_t field, const MessageWriter& value) {
  return text(field, value.bytes_);
}

void MessageWriter::key(std::uint32_t field, WireType type) {
  number(std::uint64_t{field} << 3 | static_cast<std::uint64_t>(type));
}

void MessageWriter::number(std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) bytes_ += static_cast<char>(value | 0x80);
  bytes_ += static_cast<char>(value);
}

}  // namespace heed
