#pragma once
#include "heed/corpus/formats/xml_entry_reader.h"

namespace heed {

/// A translation memory, TMX 1.1 to 1.4. Of several variants in a language, that of the closest code is
/// taken, the first if several are, and the others are counted. ConfigError if the options do not name both
/// languages: a memory may hold many.
class TmxReader final : public XmlEntryReader {
 public:
  TmxReader(const TranslationFile& file, const ReadOptions& options, ReadReport& report);

 private:
  void meet(const pugi::xml_node& tag) override;
  void read(const pugi::xml_node& entry) override;

  bool seen_root_ = false;
};

}  // namespace heed
