#pragma once
#include <functional>
#include <pugixml.hpp>

#include "heed/corpus/formats/entry_reader.h"
#include "heed/corpus/formats/inline_markup.h"
#include "heed/corpus/formats/xml_pieces.h"
#include "heed/text/language_codes.h"

namespace heed {

/// What the readers of XML formats have in common: the entries of a document, one after the other, and the
/// tags around them.
class XmlEntryReader : public EntryReader {
 public:
  XmlEntryReader(const std::filesystem::path& path, std::vector<std::string_view> entries,
                 const ReadOptions& options, ReadReport& report);

 protected:
  /// A start tag outside of the entries, with its attributes.
  virtual void meet(const pugi::xml_node& tag) = 0;
  /// Its end tag: each that was met is left.
  virtual void leave() {}
  virtual void read(const pugi::xml_node& entry) = 0;

  /// Hands a segment and each text within its codes to `give` as pairs of their own; counts those of these
  /// texts that are on one side only.
  void offer_segment(InlineMarkup& markup, const pugi::xml_node& from, const pugi::xml_node& to,
                     const std::function<void(TextPair)>& give);

  /// "FILE:LINE" of the piece that is being read.
  std::string place() const;
  LanguageMatcher source, target;

 private:
  bool read_entry() final;

  XmlPieces pieces_;
  XmlPiece piece_;
  pugi::xml_document document_;
};

}  // namespace heed
