#pragma once
#include "heed/corpus/formats/xml_entry_reader.h"

namespace heed {

/// A file of Qt Linguist (.ts). Its root names the languages; where it does not, the texts are in the
/// language that the options have for message ids, and the path names that of the translations. Of the forms
/// of a message for numbers the last, which goes with many things, is paired with the text; the others are
/// counted.
class TsReader final : public XmlEntryReader {
 public:
  TsReader(const TranslationFile& file, const ReadOptions& options, ReadReport& report);

 private:
  void meet(const pugi::xml_node& tag) override;
  void read(const pugi::xml_node& message) override;
  std::vector<std::string> forms_of(const pugi::xml_node& message, const pugi::xml_node& translation);
  std::string first_variant(const pugi::xml_node& text);
  std::string text_of(const pugi::xml_node& element) const;

  LanguageDirection direction_;
  bool seen_root_ = false;
};

}  // namespace heed
