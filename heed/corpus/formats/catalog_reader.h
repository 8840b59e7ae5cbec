#pragma once
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "heed/corpus/formats/entry_reader.h"
#include "heed/corpus/formats/plural_forms.h"
#include "heed/text/charset_decoder.h"

namespace heed {

/// What the readers of gettext catalogues have in common, in text and compiled: the header and how texts are
/// paired. The language of a catalogue is what its header says, by code or name, else what its path does;
/// that of its keys is what the header says, else the option's. The texts are swapped where the options ask
/// for that.
class CatalogReader : public EntryReader {
 public:
  CatalogReader(const TranslationFile& file, const ReadOptions& options, ReadReport& report);

 protected:
  /// The translation of the empty text without a context: lines of "Name: value". DataError for a second one
  /// that says otherwise than the first.
  void read_header(std::string_view header, const std::string& where);
  /// A text, its plural (empty if it has none) and their translations, in the header's charset.
  void offer_texts(std::string id, std::string plural, std::vector<std::string> translations,
                   const std::string& where);
  /// What is not in UTF-8 is turned into it by this, once the header has been read.
  std::string decoded(std::string_view text, const std::string& where) const;
  /// Whether the texts need no decoding.
  bool is_utf8() const { return charset_.empty(); }
  /// How many pairs a text and its plural make, translated or not: one for each form.
  Index pairs_of(std::string_view plural, const std::vector<std::string>& translations) const {
    const Index needed = plural.empty() || (forms_ && forms_->singular() == forms_->plural()) ? 1 : 2;
    return std::max(needed, std::ssize(translations));
  }

 private:
  /// What is of use in a header; empty where it does not say.
  struct Header {
    std::string language, keys, charset{}, plural_forms{};
  };

  static Header said_by(std::string_view header);
  void read_second_header(std::string_view text, const std::string& where);

  LanguageDirection direction_;
  Header header_;
  bool seen_header_ = false;
  std::string charset_;                               // empty: UTF-8
  std::optional<PluralForms> forms_ = PluralForms();  // nothing: of a rule that is not understood
};

}  // namespace heed
