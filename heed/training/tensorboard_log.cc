#include "heed/training/tensorboard_log.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <bit>
#include <cerrno>
#include <cstring>
#include <iostream>

#include "heed/base/crc32c.h"
#include "heed/base/error.h"
#include "heed/base/files.h"

namespace heed {
namespace {

template <class Number>
std::string little_endian(Number number) {
  std::string bytes;
  for (std::size_t i = 0; i < sizeof(Number); ++i) bytes += static_cast<char>(number >> (8 * i) & 0xff);
  return bytes;
}

/// The checksum as record files keep it: a checksum of data that holds checksums is a weak one.
std::uint32_t masked(std::uint32_t checksum) { return std::rotr(checksum, 15) + 0xa282ead8u; }

/// A protocol buffer message: fields in the order in which they are added, numbers as in the comments below.
class Message {
 public:
  Message& integer(std::uint32_t field, std::int64_t value) {
    key(field, 0);
    varint(static_cast<std::uint64_t>(value));
    return *this;
  }
  Message& real(std::uint32_t field, double value) {
    key(field, 1);
    bytes_ += little_endian(std::bit_cast<std::uint64_t>(value));
    return *this;
  }
  Message& real(std::uint32_t field, float value) {
    key(field, 5);
    bytes_ += little_endian(std::bit_cast<std::uint32_t>(value));
    return *this;
  }
  Message& text(std::uint32_t field, std::string_view value) {
    key(field, 2);
    varint(value.size());
    bytes_ += value;
    return *this;
  }
  Message& message(std::uint32_t field, const Message& value) { return text(field, value.bytes_); }

  const std::string& bytes() const { return bytes_; }

 private:
  void key(std::uint32_t field, std::uint32_t type) { varint(std::uint64_t{field} << 3 | type); }
  void varint(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) bytes_ += static_cast<char>(value | 0x80);
    bytes_ += static_cast<char>(value);
  }

  std::string bytes_;
};

/// Event {1: wall_time, 2: step}
Message event(double time, std::int64_t step) {
  Message message;
  message.real(1, time);
  if (step != 0) message.integer(2, step);
  return message;
}

/// Summary.Value {1: tag, 2: simple_value}
Message scalar_value(std::string_view tag, double value) {
  return Message().text(1, tag).real(2, static_cast<float>(value));
}

/// Summary.Value {1: tag, 9: metadata {1: plugin_data {1: plugin_name}},
///                8: tensor {1: dtype, 2: shape {2: dim {1: size}}, 8: string_val}}
Message text_value(std::string_view tag, std::string_view text) {
  constexpr std::int64_t string_type = 7;
  const Message shape = Message().message(2, Message().integer(1, 1));
  return Message()
      .text(1, tag)
      .message(8, Message().integer(1, string_type).message(2, shape).text(8, text))
      .message(9, Message().message(1, Message().text(1, "text")));
}

/// A name that no file of the folder has; TensorBoard reads files in the order of their names.
int create(const std::filesystem::path& folder, double time, std::filesystem::path& file) {
  for (int number = 0;; ++number) {
    file = folder / fmt::format("events.out.tfevents.{:010}.heed.{}.{}", static_cast<std::int64_t>(time),
                                ::getpid(), number);
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor >= 0 || errno != EEXIST) return descriptor;
  }
}

}  // namespace

TensorBoardLog::TensorBoardLog(const std::filesystem::path& folder, double time) {
  make_folder(folder);
  descriptor_ = create(folder, time, file_);
  require<FileError>(descriptor_ >= 0, file_.string(), ": cannot be written: ", std::strerror(errno));
  write(event(time, 0).text(3, "brain.Event:2").bytes());  // file_version
}

TensorBoardLog::~TensorBoardLog() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void TensorBoardLog::begin_at(double time, std::int64_t step) {
  constexpr std::int64_t start = 1;
  write(event(time, step).message(7, Message().integer(1, start)).bytes());  // session_log {1: status}
}

void TensorBoardLog::add(double time, std::int64_t step, const Scalars& scalars, const Texts& texts) {
  Message summary;  // {1: value ...}
  for (const auto& [tag, value] : scalars) summary.message(1, scalar_value(tag, value));
  for (const auto& [tag, text] : texts) summary.message(1, text_value(tag, text));
  write(event(time, step).message(5, summary).bytes());
}

void TensorBoardLog::write(std::string_view content) {
  if (descriptor_ < 0) return;
  const std::string length = little_endian(std::uint64_t{content.size()});
  std::string record = length + little_endian(masked(crc32c(length)));
  record += content;
  record += little_endian(masked(crc32c(content)));
  for (std::string_view rest = record; !rest.empty();) {
    const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
    if (written >= 0) {
      rest.remove_prefix(static_cast<std::size_t>(written));
      continue;
    }
    if (errno == EINTR) continue;
    std::cerr << "heed: " << file_.string() << ": cannot be written: " << std::strerror(errno)
              << "; it ends here, the work goes on\n";
    ::close(descriptor_);
    descriptor_ = -1;
    return;
  }
}

std::string as_markdown(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < ' ') {
      result += ' ';
    } else if (c == '&') {
      result += "&amp;";
    } else if (c == '<') {
      result += "&lt;";
    } else {
      if (std::string_view("\\`*_{}[]()#+-.!|>~").find(c) != std::string_view::npos) result += '\\';
      result += c;
    }
  }
  return result;
}

}  // namespace heed
