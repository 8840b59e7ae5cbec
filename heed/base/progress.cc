#include "heed/base/progress.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>

namespace heed {
namespace {

constexpr std::string_view erase_line = "\r\033[K";

/// The first characters of a line of UTF-8: one that wraps could not be rewritten.
std::string_view cut(std::string_view line, Index width) {
  if (width <= 0) return line;
  Index characters = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const bool starts_character = (static_cast<unsigned char>(line[i]) & 0xC0) != 0x80;
    if (starts_character && ++characters > width) return line.substr(0, i);
  }
  return line;
}

}  // namespace

ProgressStyle ProgressStyle::of_standard_error() {
  const char* terminal = std::getenv("TERM");
  if (!::isatty(STDERR_FILENO) || (terminal && std::string_view(terminal) == "dumb")) return {};
  winsize size{};
  const bool known = ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1;
  return {.rewrite = true, .interval = 0.2, .width = known ? size.ws_col - 1 : 79};
}

Progress::Progress() : Progress(std::cerr, ProgressStyle::of_standard_error()) {}

Progress::Progress(std::ostream& out, ProgressStyle style) : out_(out), style_(style) {}

Progress::~Progress() {
  if (!current_.empty()) out_ << '\n' << std::flush;
}

void Progress::show(std::string_view line) {
  shown_ = true;
  since_shown_.restart();
  if (style_.rewrite) {
    current_ = cut(line, style_.width);
    out_ << erase_line << current_ << std::flush;
  } else {
    out_ << line << '\n' << std::flush;
  }
}

void Progress::print(std::string_view line) {
  if (!current_.empty()) out_ << erase_line;
  out_ << line << '\n' << current_ << std::flush;
}

void Progress::clear() {
  if (!current_.empty()) out_ << erase_line << std::flush;
  current_.clear();
}

}  // namespace heed
