#pragma once
#include "heed/corpus/formats/catalog_reader.h"
#include "heed/io/line_reader.h"

namespace heed {

/// A gettext catalogue as translators write it. DataError "FILE:LINE: ..." for what is none.
class PoReader final : public CatalogReader {
 public:
  PoReader(const TranslationFile& file, const ReadOptions& options, ReadReport& report);

 private:
  struct Entry {
    Index line = 0;
    std::string id, plural;
    std::vector<std::string> translations;
    bool has_context = false, has_id = false, has_translation = false, fuzzy = false, obsolete = false;
  };
  enum class Part { none, context, id, plural, translation };

  bool read_entry() override;
  void recover() override;
  bool read_line();
  bool begins_entry(std::string_view line, const Entry& entry) const;
  void read_keyword(std::string_view line, Entry& entry);
  void read_string(std::string_view quoted, Entry& entry);
  void finish(Entry entry);
  std::string place(Index line) const { return lines_.name() + ":" + std::to_string(line); }

  LineReader lines_;
  std::string line_;
  bool waiting_ = false;  // whether line_ has not been used yet
  Part part_ = Part::none;
  std::size_t size_ = 0;  // of the entry's texts in bytes
};

}  // namespace heed
