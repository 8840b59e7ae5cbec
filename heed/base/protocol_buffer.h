#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace heed {

/// How the value of a field is written (protobuf.dev/programming-guides/encoding, "Message Structure").
enum class WireType { number = 0, eight_bytes = 1, bytes = 2, four_bytes = 5 };

/// The fields of a message in the encoding of protocol buffers, one after the other. Nothing is copied: the
/// bytes must outlive it.
class MessageFields {
 public:
  struct Field {
    std::uint32_t id;
    WireType type;
    std::uint64_t number;    // of the type `number`, else 0
    std::string_view bytes;  // of the others
  };

  explicit MessageFields(std::string_view message) : rest_(message) {}

  /// Nothing after the last, and from where the bytes are no such message.
  std::optional<Field> next();
  /// Whether the bytes have been read to their end.
  bool finished() const { return rest_.empty() && sound_; }

 private:
  std::optional<std::uint64_t> read_number();
  std::optional<std::string_view> read_bytes(std::uint64_t count);
  std::optional<Field> read_field();

  std::string_view rest_;
  bool sound_ = true;
};

/// Writes a message in the same encoding: fields in the order in which they are added.
class MessageWriter {
 public:
  MessageWriter& integer(std::uint32_t field, std::int64_t value);
  MessageWriter& real(std::uint32_t field, double value);
  MessageWriter& real(std::uint32_t field, float value);
  MessageWriter& text(std::uint32_t field, std::string_view value);
  MessageWriter& message(std::uint32_t field, const MessageWriter& value);

  const std::string& bytes() const { return bytes_; }

 private:
  void key(std::uint32_t field, WireType type);
  void number(std::uint64_t value);

  std::string bytes_;
};

}  // namespace heed
