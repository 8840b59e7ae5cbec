#include "heed/base/quantities.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include "heed/base/error.h"

namespace heed {
namespace {

/// Three digits that matter: 1.23, 12.3, 123.
std::string three_digits(double number) {
  // Each threshold is where the shorter form rounds up into the next.
  const int decimals = number < 9.995 ? 2 : number < 99.95 ? 1 : 0;
  return fmt::format("{:.{}f}", number, decimals);
}

}  // namespace

std::string duration_text(double seconds) {
  if (!std::isfinite(seconds) || seconds < 0) return "?";
  if (seconds < 9.95) return fmt::format("{:.1f} s", seconds);
  if (seconds > 1e12) return "ages";
  const auto whole = std::llround(seconds);
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{} min {:02} s", whole / 60, whole % 60);
  const auto minutes = (whole + 30) / 60;
  if (minutes < 24 * 60) return fmt::format("{} h {:02} min", minutes / 60, minutes % 60);
  const auto hours = (minutes + 30) / 60;
  return fmt::format("{} d {:02} h", hours / 24, hours % 24);
}

std::string count_text(double count) {
  if (!std::isfinite(count)) return "?";
  if (count < 0) return "-" + count_text(-count);
  if (count < 999.5) return count == std::floor(count) ? fmt::format("{:.0f}", count) : three_digits(count);
  for (const char* suffix : {"k", "M", "G"}) {
    count /= 1000;
    if (count < 999.5) return three_digits(count) + suffix;
  }
  return three_digits(count / 1000) + "T";
}

std::string rate_text(double count, double seconds, std::string_view unit) {
  return fmt::format("{} {}/s", seconds > 0 ? count_text(count / seconds) : "?", unit);
}

std::string bytes_text(double bytes) {
  if (bytes < 1024) return fmt::format("{:.0f} B", bytes);
  for (const char* unit : {"KiB", "MiB", "GiB"}) {
    bytes /= 1024;
    if (bytes < 999.5) return three_digits(bytes) + " " + unit;
  }
  return three_digits(bytes / 1024) + " TiB";
}

std::size_t parse_bytes(std::string_view text, std::string_view where) {
  const auto refuse = [&] {
    throw ConfigError(
        message(where, ": \"", text, "\" is no amount of memory; write it as 6G, 800M or 1.5 GiB"));
  };
  double number = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || !(number > 0)) refuse();
  std::string unit;
  for (const char* c = rest; c != text.data() + text.size(); ++c)
    if (*c != ' ') unit += static_cast<char>(std::toupper(static_cast<unsigned char>(*c)));
  if (unit.ends_with("IB"))
    unit.resize(unit.size() - 2);
  else if (unit.ends_with("B"))
    unit.pop_back();
  constexpr std::string_view letters = "KMGT";
  const std::size_t power = unit.empty() ? 0 : letters.find(unit) + 1;
  if (unit.size() > 1 || (!unit.empty() && power == 0)) refuse();
  const double bytes = std::ldexp(number, static_cast<int>(10 * power));
  if (bytes > 0x1p60) refuse();
  return static_cast<std::size_t>(bytes);
}

std::string time_left_text(double done, double total, double seconds) {
  if (done <= 0 || total <= 0 || seconds <= 0) return "";
  return duration_text(seconds * std::max(0.0, total - done) / done) + " left";
}

}  // namespace heed
