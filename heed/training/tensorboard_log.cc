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
#include "heed/base/little_endian.h"
#include "heed/base/protocol_buffer.h"

namespace heed {
namespace {

/// The checksum as record files keep it: a checksum of data that holds checksums is a weak one.
std::uint32_t masked(std::uint32_t checksum) { return std::rotr(checksum, 15) + 0xa282ead8u; }

// Messages of TensorBoard; the numbers of their fields are in the comments.

/// Event {1: wall_time, 2: step}
MessageWriter event(double time, std::int64_t step) {
  MessageWriter message;
  message.real(1, time);
  if (step != 0) message.integer(2, step);
  return message;
}

/// Summary.Value {1: tag, 2: simple_value}
MessageWriter scalar_value(std::string_view tag, double value) {
  return MessageWriter().text(1, tag).real(2, static_cast<float>(value));
}

/// Summary.Value {1: tag, 9: metadata {1: plugin_data {1: plugin_name}},
///                8: tensor {1: dtype, 2: shape {2: dim {1: size}}, 8: string_val}}
MessageWriter text_value(std::string_view tag, std::string_view text) {
  constexpr std::int64_t string_type = 7;
  const MessageWriter shape = MessageWriter().message(2, MessageWriter().integer(1, 1));
  return MessageWriter()
      .text(1, tag)
      .message(8, MessageWriter().integer(1, string_type).message(2, shape).text(8, text))
      .message(9, MessageWriter().message(1, MessageWriter().text(1, "text")));
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
  write(event(time, step).message(7, MessageWriter().integer(1, start)).bytes());  // session_log {1: status}
}

void TensorBoardLog::add(double time, std::int64_t step, const Scalars& scalars, const Texts& texts) {
  MessageWriter summary;  // {1: value ...}
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
