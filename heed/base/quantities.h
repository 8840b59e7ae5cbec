#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace heed {

/// "0.4 s", "12 s", "3 min 05 s", "1 h 02 min", "2 d 03 h": two steps of precision, for people.
std::string duration_text(double seconds);
/// "999", "12.3k", "4.56M": three digits that matter.
std::string count_text(double count);
/// "12.3k tokens/s"
std::string rate_text(double count, double seconds, std::string_view unit);
/// "512 B", "1.50 KiB", "2.35 GiB"
std::string bytes_text(double bytes);
/// "6G", "1.5 GiB", "800M", "800 MB", "123456": letters count in powers of 1,024. ConfigError if it is none
/// of these, beginning with `where`.
std::size_t parse_bytes(std::string_view text, std::string_view where);
/// How long the rest takes at the speed so far: "3 min 05 s left", or nothing while that is unknown.
std::string time_left_text(double done, double total, double seconds);

}  // namespace heed
