#pragma once
#include <array>
#include <cstdint>

#include "heed/corpus/formats/catalog_reader.h"

namespace heed {

/// A compiled gettext catalogue, of either byte order. DataError with the byte, from 0, of tables that lie
/// outside of the file, and EntryError of an entry whose texts do. Texts that are put together as the machine
/// has it come as they were written:
/// %<PRIu64>.
class MoReader final : public CatalogReader {
 public:
  MoReader(const TranslationFile& file, const ReadOptions& options, ReadReport& report);

  /// Whether a file that begins so is one.
  static bool starts(std::string_view bytes);

 private:
  /// Where a table begins, and what it holds.
  struct Table {
    std::size_t at = 0, count = 0, entry_bytes = 1;
  };

  bool read_entry() override;
  void read_texts(std::string_view id, std::string_view translation, const std::string& where);
  void require_table(std::string_view what, std::size_t byte, const Table& table) const;
  std::string composed_text(std::size_t descriptor);
  std::string segment_name(std::size_t number, std::size_t byte) const;
  std::size_t number_at(std::size_t byte) const;
  std::string_view text_at(std::size_t descriptor) const;

  std::string name_, bytes_;
  bool big_endian_ = false;
  std::size_t count_ = 0, ids_ = 0, translations_ = 0;     // where the tables begin
  Table segments_, composed_ids_, composed_translations_;  // of texts that differ between machines
  std::size_t entry_ = 0;
  std::size_t composed_ = 0;  // bytes of the parts so far
  std::size_t said_ = 0;      // bytes of the texts so far
};

}  // namespace heed
