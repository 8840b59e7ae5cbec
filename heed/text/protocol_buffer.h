#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

namespace heed {

/// The fields of a message in the encoding of protocol buffers, one after the other
/// (protobuf.dev/programming-guides/encoding). Nothing is copied: the bytes must outlive it.
class MessageFields {
 public:
  enum class Type { number = 0, eight_bytes = 1, bytes = 2, four_bytes = 5 };
  struct Field {
    std::uint32_t id;
    Type type;
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

}  // namespace heed
