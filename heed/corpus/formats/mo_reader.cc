#include "heed/corpus/formats/mo_reader.h"

#include <utility>

#include "heed/base/error.h"
#include "heed/io/decompression.h"

namespace heed {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t header_bytes = 20, longer_header_bytes = 48, last_part = 0xFFFFFFFF,
                      descriptor_bytes = 8, largest_file = std::size_t{1} << 30;
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
  require_table("a table", 12, {ids_, count_, descriptor_bytes});
  require_table("a table", 16, {translations_, count_, descriptor_bytes});
  if ((number_at(4) & 0xFFFF) == 0) return;
  // Since minor revision 1: strings that are put together as the machine has it, such as %<PRIu64>.
  require<DataError>(bytes_.size() >= longer_header_bytes, name_, ": ends at byte ", bytes_.size(),
                     ", within its header; was it copied whole?");
  segments_ = {number_at(32), number_at(28), descriptor_bytes};
  require_table("a table of segments", 32, segments_);
  composed_ids_ = {number_at(40), number_at(36), 4};
  composed_translations_ = {number_at(44), number_at(36), 4};
  require_table("a table", 40, composed_ids_);
  require_table("a table", 44, composed_translations_);
}

void MoReader::require_table(std::string_view what, std::size_t byte, const Table& table) const {
  require<DataError>(
      table.at <= bytes_.size() && table.count <= (bytes_.size() - table.at) / table.entry_bytes, name_,
      ": byte ", byte, ": ", what, " of ", table.count, " entries at byte ", table.at, " in a file of ",
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
  require<EntryError>(at <= bytes_.size() && length <= bytes_.size() - at, name_, ": byte ", descriptor,
                      ": a text of ", length, " bytes at byte ", at, " in a file of ", bytes_.size(),
                      " bytes; was it copied whole?");
  return std::string_view(bytes_).substr(at, length);
}

/// What a part that differs between machines is called where the catalogue was written: <PRIu64>, or I.
std::string MoReader::segment_name(std::size_t number, std::size_t byte) const {
  require<EntryError>(number < segments_.count, name_, ": byte ", byte, ": segment ", number, " of ",
                      segments_.count);
  std::string_view name = text_at(segments_.at + number * descriptor_bytes);
  if (name.ends_with('\0')) name.remove_suffix(1);
  require<EntryError>(name.size() <= 64, name_, ": byte ", byte, ": the name of a segment of ", name.size(),
                      " bytes");
  return name.starts_with("PRI") || name.starts_with("SCN") ? message('<', name, '>') : std::string(name);
}

/// A text of parts, of which each is some bytes and what follows them on this machine.
std::string MoReader::composed_text(std::size_t descriptor) {
  const std::size_t at = number_at(descriptor);
  std::string text;
  const auto need = [&](std::size_t from, std::size_t size) {
    require<EntryError>(from <= bytes_.size() && size <= bytes_.size() - from, name_, ": byte ", descriptor,
                        ": a text in parts lies outside of a file of ", bytes_.size(),
                        " bytes; was it copied whole?");
  };
  need(at, 4);
  std::size_t from = number_at(at);
  for (std::size_t part = at + 4;; part += 8) {
    need(part, 8);
    const std::size_t size = number_at(part), segment = number_at(part + 4);
    need(from, size);
    text += std::string_view(bytes_).substr(from, size);
    from += size;
    if (segment != last_part) text += segment_name(segment, part + 4);
    // Parts may be shared: a small file could say more than any memory holds.
    composed_ += 8 + size;
    require<DataError>(composed_ <= 16 * bytes_.size(), name_, ": byte ", descriptor,
                       ": its texts in parts and those before overlap; is the file damaged?");
    if (segment == last_part) break;
  }
  if (text.ends_with('\0')) text.pop_back();
  return text;
}

bool MoReader::read_entry() {
  if (entry_ == count_ + composed_ids_.count) return false;
  const std::size_t number = entry_++;
  const std::string where = name_ + ": entry " + std::to_string(entry_);
  if (number >= count_) {
    const std::size_t offset = (number - count_) * composed_ids_.entry_bytes;
    const std::string id = composed_text(composed_ids_.at + offset);
    read_texts(id, composed_text(composed_translations_.at + offset), where);
    return true;
  }
  const std::size_t descriptor = ids_ + number * descriptor_bytes;
  const std::string_view id = text_at(descriptor),
                         translation = text_at(translations_ + number * descriptor_bytes);
  // Texts lie side by side: entries that share theirs could make a small file say more than any memory holds.
  said_ += id.size() + translation.size();
  require<DataError>(said_ <= bytes_.size(), name_, ": byte ", descriptor,
                     ": its texts and those before overlap; is the file damaged?");
  if (id.empty())
    read_header(translation, where);
  else
    read_texts(id, translation, where);
  return true;
}

void MoReader::read_texts(std::string_view id, std::string_view translation, const std::string& where) {
  // Context, text and plural lie in one, parted by \4 and \0; so do the forms of the translation.
  if (const std::size_t context = id.find('\4'); context != id.npos) id.remove_prefix(context + 1);
  const std::size_t end = id.find('\0');
  const std::string plural(end == id.npos ? std::string_view() : id.substr(end + 1));
  std::vector<std::string> translations;
  for (;;) {
    const std::size_t stop = translation.find('\0');
    translations.push_back(decoded(translation.substr(0, stop), where));
    require<EntryError>(translations.size() <= 100, where, ": more than 100 forms of one text");
    if (stop == translation.npos) break;
    translation.remove_prefix(stop + 1);
  }
  offer_texts(decoded(id.substr(0, end), where), decoded(plural, where), std::move(translations), where);
}

}  // namespace heed
