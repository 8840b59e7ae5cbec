#pragma once
#include <string>
#include <vector>

#include "heed/corpus/formats/inline_markup.h"
#include "heed/corpus/formats/translation_status.h"
#include "heed/corpus/formats/xliff_entry.h"
#include "heed/corpus/formats/xml_entry_reader.h"

namespace heed {

/// XLIFF 1.0 to 1.2 and 2.0 to 2.1. Segments of an entry are pairs of their own. Taken the other way round
/// where the options ask for the file's target language as source. The language of a translation is what its
/// xml:lang says, else what its <file> does, else the path.
class XliffReader final : public XmlEntryReader {
 public:
  XliffReader(const TranslationFile& file, const ReadOptions& options, ReadReport& report);

 private:
  void meet(const pugi::xml_node& tag) override;
  void leave() override { translatable_.pop_back(); }
  void read(const pugi::xml_node& entry) override;
  void read_segment(const XliffSegment& segment, bool translatable, const XliffStatus& status,
                    InlineMarkup& markup);

  LanguageDirection direction_;
  std::string from_, to_;  // the languages of the <file> or, in version 2, the whole document
  bool whole_ = false;     // which of the two
  bool seen_root_ = false;
  XliffEntry entry_;                // the one that is being read
  std::vector<bool> translatable_;  // what is within each element that is open, unless it says otherwise
};

}  // namespace heed
