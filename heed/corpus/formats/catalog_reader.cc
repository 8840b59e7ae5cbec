#include "heed/corpus/formats/catalog_reader.h"

#include <utility>

#include "heed/base/error.h"
#include "heed/corpus/formats/language_codes.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

/// The value of a line of the header; empty if it has none.
std::string header_value(std::string_view header, std::string_view name) {
  while (!header.empty()) {
    const std::string_view line = header.substr(0, header.find('\n'));
    if (line.starts_with(name) && line.substr(name.size()).starts_with(':'))
      return std::string(trimmed(line.substr(name.size() + 1)));
    header.remove_prefix(std::min(line.size() + 1, header.size()));
  }
  return {};
}

/// de of de.po, app.de.po and de/LC_MESSAGES/app.mo; empty if the path does not say.
std::string language_by_path(std::filesystem::path path) {
  if (path.parent_path().filename() == "LC_MESSAGES")
    return path.parent_path().parent_path().filename().string();
  for (std::filesystem::path name = path.filename(); name.has_extension(); name = name.stem()) {
    const std::string stem = name.stem().string(), code = stem.substr(stem.find_last_of('.') + 1);
    if (is_language_code(code) && code != "po" && code != "mo") return code;
  }
  return {};
}

}  // namespace

CatalogReader::CatalogReader(const std::filesystem::path& path, const ReadOptions& options,
                             ReadReport& report)
    : EntryReader(options, report), language_(language_by_path(path)) {
  take_language(language_, "");
}

void CatalogReader::read_header(std::string_view header, const std::string& where) {
  const std::string language = header_value(header, "Language"), type = header_value(header, "Content-Type"),
                    forms = header_value(header, "Plural-Forms");
  take_language(language.empty() ? language_ : language, header_value(header, "X-Source-Language"));
  // Templates say CHARSET and EXPRESSION where a translator is to fill in.
  if (!forms.empty() && forms.find("EXPRESSION") == forms.npos) forms_ = PluralForms::of(forms);
  const std::size_t at = type.find("charset=");
  if (at == type.npos) return;
  charset_ = trimmed(std::string_view(type).substr(at + 8));
  if (charset_ == "CHARSET" || is_utf8_name(charset_)) charset_.clear();
  if (!charset_.empty()) CharsetDecoder(charset_, where);  // says now if it is unknown
}

void CatalogReader::take_language(const std::string& language, const std::string& keys) {
  const std::string& source = options().source_language;
  const std::string& target = options().target_language;
  const std::string from = keys.empty() ? options().msgid_language : keys;
  const auto serves = [](const std::string& code, const std::string& wanted) {
    return code.empty() || wanted.empty() || closeness(code, wanted) > 0;
  };
  if (serves(from, source) && serves(language, target))
    direction_ = Direction::straight;
  else if (serves(from, target) && serves(language, source))
    direction_ = Direction::swapped;
  else
    direction_ = Direction::neither;
}

std::string CatalogReader::decoded(std::string_view text, const std::string& where) const {
  if (is_utf8()) return std::string(text);
  std::string result;
  try {
    CharsetDecoder(charset_, where).decode(text, true, result);
  } catch (const DataError& error) {
    throw EntryError(error.what());
  }
  return result;
}

void CatalogReader::offer_texts(std::string id, std::string plural, std::vector<std::string> translations,
                                const std::string& where) {
  const auto offer_pair = [&](const std::string& text, Index form) {
    const auto number = static_cast<std::size_t>(form);
    if (number >= translations.size() || translations[number].empty()) return skip(&ReadReport::untranslated);
    TextPair pair{text, translations[number]};
    if (direction_ == Direction::swapped) std::swap(pair.source, pair.target);
    offer(std::move(pair), where);
  };
  if (direction_ == Direction::neither) return skip(&ReadReport::other_language, pairs_of(plural));
  if (plural.empty()) return offer_pair(id, 0);
  // Real catalogues have misspelt rules, and all but their plurals can be used.
  if (!forms_) return skip(&ReadReport::unclear_plurals, pairs_of(plural));
  if (forms_->count() > 1) offer_pair(id, forms_->singular());
  offer_pair(plural, forms_->plural());
}

}  // namespace heed
