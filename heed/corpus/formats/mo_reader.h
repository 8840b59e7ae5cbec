#pragma once
#include <array>
#include <cstdint>

#include "heed/corpus/formats/catalog_reader.h"

namespace heed {

/// A compiled gettext catalogue, of either byte order. DataError with the byte, from 0, of what points
/// outside of the file.
class MoReader final : public CatalogReader {
 public:
  MoReader(const TranslationFile& file, const ReadOptions& options, ReadReport& report);

  /// Whether a file that begins so is one.
  static bool starts(std::string_view bytes);

 private:
  bool read_entry() override;
  std::size_t number_at(std::size_t byte) const;
  std::string_view text_at(std::size_t descriptor) const;

  std::string name_, bytes_;
  bool big_endian_ = false;
  std::size_t count_ = 0, ids_ = 0, translations_ = 0;  // where the tables begin
  std::size_t entry_ = 0;
  std::size_t said_ = 0;  // bytes of the texts so far
};

}  // namespace heed
