#include "heed/io/not_text.h"

#include <algorithm>
#include <array>

namespace heed {
namespace {

using namespace std::string_view_literals;

struct Mark {
  std::string_view bytes, what;
  std::size_t at = 0;
};

constexpr std::string_view unread =
    "is compressed in a way that is not read; decompress it, or use gzip, zstd, xz or bzip2";
constexpr std::string_view twice = "is compressed twice; decompress it once";
constexpr std::string_view packed = "is an archive; unpack it and name the files in it";
constexpr std::string_view document = "is a document, not plain text; save it as text in UTF-8";
constexpr std::string_view picture = "is a picture";
constexpr std::string_view program = "is a program";
constexpr std::string_view table = "is a binary table; write it as CSV or TSV first";

constexpr std::array marks{Mark{"\x1F\x8B"sv, twice},
                           Mark{"\x28\xB5\x2F\xFD"sv, twice},
                           Mark{"\xFD\x37zXZ\0"sv, twice},
                           Mark{"BZh91AY&SY"sv, twice},
                           Mark{"\x1F\x9D"sv, unread},
                           Mark{"\x1F\xA0"sv, unread},
                           Mark{"\x1F\x1E"sv, unread},
                           Mark{"\x04\x22\x4D\x18"sv, unread},
                           Mark{"\x02\x21\x4C\x18"sv, unread},
                           Mark{"\x5D\0\0"sv, unread},
                           Mark{"LZIP\x01"sv, unread},
                           Mark{"\x89LZO\0"sv, unread},
                           Mark{"\xFF\x06\0\0sNaPpY"sv, unread},
                           Mark{"\xCE\xB2\xCF\x81"sv, unread},
                           Mark{"PK\x03\x04"sv, packed},
                           Mark{"PK\x05\x06"sv, packed},
                           Mark{"PK\x07\x08"sv, packed},
                           Mark{"7z\xBC\xAF\x27\x1C"sv, packed},
                           Mark{"Rar!\x1A\x07"sv, packed},
                           Mark{"ustar\0"sv, packed, 257},
                           Mark{"ustar  \0"sv, packed, 257},
                           Mark{"!<arch>\n"sv, packed},
                           Mark{"MSCF\0"sv, packed},
                           Mark{"%PDF-"sv, document},
                           Mark{"{\\rtf"sv, document},
                           Mark{"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv, document},
                           Mark{"\x89PNG\r\n"sv, picture},
                           Mark{"\xFF\xD8\xFF"sv, picture},
                           Mark{"\x7F"
                                "ELF"sv,
                                program},
                           Mark{"PAR1\x15"sv, table},
                           Mark{"ARROW1\0"sv, table},
                           Mark{"SQLite format 3\0"sv, table},
                           Mark{"\x89HDF\r\n"sv, table},
                           Mark{"\x93NUMPY"sv, table}};

/// How many bytes of each parity are NUL.
std::array<std::size_t, 2> zeros_of(std::string_view bytes) {
  std::array<std::size_t, 2> zeros{};
  for (std::size_t i = 0; i < bytes.size(); ++i)
    if (bytes[i] == '\0') ++zeros[i % 2];
  return zeros;
}

/// Whether text has such a byte; escapes switch the alphabets of some charsets.
bool belongs_to_text(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x20 || (byte >= '\t' && byte <= '\r') || byte == 0x1B;
}

}  // namespace

void require_text(std::string_view beginning, const std::string& name) {
  for (const Mark& mark : marks)
    if (beginning.size() > mark.at && beginning.substr(mark.at).starts_with(mark.bytes))
      throw NotTextError(message(name, ": ", mark.what));
  beginning = beginning.substr(0, 4096);
  // Every other byte of most text in UTF-16 is NUL; a mark at its beginning would have said so.
  const auto [even, odd] = zeros_of(beginning);
  if (even + odd >= 4 && even + odd >= beginning.size() / 4 && std::min(even, odd) * 8 <= std::max(even, odd))
    throw NotTextError(
        message(name, ": looks like UTF-16 without a byte order mark; convert it with iconv -f UTF-16",
                odd > even ? "LE" : "BE", " -t UTF-8"));
  const auto strange =
      static_cast<std::size_t>(std::ranges::count_if(beginning, [](char c) { return !belongs_to_text(c); }));
  if (strange >= 4 && strange * 8 > beginning.size())
    throw NotTextError(message(name, ": ", strange, " of its first ", beginning.size(),
                               " bytes stand in no text; is it a text file?"));
}

}  // namespace heed
