#include "heed/corpus/formats/mo_reader.h"

#include <utility>

#include "heed/base/error.h"
#include "heed/io/decompression.h"

namespace heed {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t header_bytes = 20, descriptor_bytes = 8, largest_file = std::size_t{1} << 30;
constexpr std::string_view little_mark = "\xDE\x12\x04\x95"sv, big_mark = "\x95\x04\x12\xDE"sv;

std::string whole_file(const std::filesystem::path& path) {
  FileBytes file(path);
  const auto decompression = decompression_of(file);
  std::string bytes;
  while (decompression->append_to(bytes, file))
    require<DataError>(bytes.size() <= largest_file, path.string(), ": a catalogue of more than 1 GiB");
  return bytes;
}

}  // namespace

bool MoReader::starts(std::string_view bytes) {
  return bytes.starts_with(little_mark) || bytes.starts_with(big_mark);
}

MoReader::MoReader(const TranslationFile& file, const ReadOptions& options, ReadReport& report)
    : CatalogReader(file, options, report), name_(file.path.string()), bytes_(whole_file(file.path)) {
  require<DataError>(starts(bytes_), name_, ": byte 0: no compiled gettext catalogue; is it the right file?");
  require<DataError>(bytes_.size() >= header_bytes, name_, ": ends at byte ", bytes_.size(),
                     ", within its header; was it copied whole?");
  big_endian_ = bytes_.starts_with(big_mark);
  const std::size_t version = number_at(4) >> 16;
  require<DataError>(version <= 1, name_, ": byte 4: version ", version,
                     " of the format, but 0 and 1 are read");
  count_ = number_at(8);
  ids_ = number_at(12);
  translations_ = number_at(16);
  for (const auto& [table, byte] : {std::pair{ids_, 12}, std::pair{translations_, 16}})
    require<DataError>(table <= bytes_.size() && count_ <= (bytes_.size() - table) / descriptor_bytes, name_,
                       ": byte ", byte, ": a table of ", count_, " entries at byte ", table, " in a file of ",
                       bytes_.size(), " bytes; was it copied whole?");
}

std::size_t MoReader::number_at(std::size_t byte) const {
  std::size_t number = 0;
  for (std::size_t i = 0; i < 4; ++i)
    number |= std::size_t{static_cast<unsigned char>(bytes_[byte + i])} << (8 * (big_endian_ ? 3 - i : i));
  return number;
}

std::string_view MoReader::text_at(std::size_t descriptor) const {
  const std::size_t length = number_at(descriptor), at = number_at(descriptor + 4);
  require<DataError>(at <= bytes_.size() && length <= bytes_.size() - at, name_, ": byte ", descriptor,
                     ": a text of ", length, " bytes at byte ", at, " in a file of ", bytes_.size(),
                     " bytes; was it copied whole?");
  return std::string_view(bytes_).substr(at, length);
}

bool MoReader::read_entry() {
  if (entry_ == count_) return false;
  const std::size_t descriptor = ids_ + entry_ * descriptor_bytes;
  std::string_view id = text_at(descriptor), translation = text_at(translations_ + entry_ * descriptor_bytes);
  ++entry_;
  // Texts lie side by side: entries that share theirs could make a small file say more than any memory holds.
  said_ += id.size() + translation.size();
  require<DataError>(said_ <= bytes_.size(), name_, ": byte ", descriptor,
                     ": its texts and those before overlap; is the file damaged?");
  const std::string where = name_ + ": entry " + std::to_string(entry_);
  if (id.empty()) {
    read_header(translation, where);
    return true;
  }
  // Context, text and plural lie in one, parted by \4 and \0; so do the forms of the translation.
  if (const std::size_t context = id.find('\4'); context != id.npos) id.remove_prefix(context + 1);
  const std::size_t end = id.find('\0');
  const std::string plural(end == id.npos ? std::string_view() : id.substr(end + 1));
  std::vector<std::string> translations;
  for (;;) {
    const std::size_t stop = translation.find('\0');
    translations.push_back(decoded(translation.substr(0, stop), where));
    require<DataError>(translations.size() <= 100, where, ": more than 100 forms of one text");
    if (stop == translation.npos) break;
    translation.remove_prefix(stop + 1);
  }
  offer_texts(decoded(id.substr(0, end), where), decoded(plural, where), std::move(translations), where);
  return true;
}

}  // namespace heed
