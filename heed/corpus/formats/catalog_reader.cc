#include "heed/corpus/formats/catalog_reader.h"

#include <utility>

#include "heed/base/error.h"
#include "heed/text/language_codes.h"
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

/// Whether a value is what templates have where a translator is to fill in.
bool is_filled_in(std::string_view language) {
  return !language.empty() && language != "LANGUAGE" && language != "LL" && language != "none";
}

/// The language of "Debian German <list@debian.org>" or "Portuguese (Brazil)"; empty where none is known.
std::string language_of_team(std::string_view team) {
  team = trimmed(team.substr(0, team.find('<')));
  if (std::string code = language_code_of(team); !code.empty()) return code;
  for (std::size_t at; (at = team.find(' ')) != team.npos;) {
    team = trimmed(team.substr(at));
    if (team.size() > 3 && !is_language_code(team))  // what stands within a name may look like a code: de, la
      if (std::string code = language_code_of(team); !code.empty()) return code;
  }
  return {};
}

/// The language of the translations by all that programs write it in; empty if the header does not say.
std::string declared_language(std::string_view header) {
  for (const std::string_view name : {"Language", "X-Language", "X-Crowdin-Language"})
    if (std::string language = header_value(header, name); is_filled_in(language)) return language;
  const std::string poedit = header_value(header, "X-Poedit-Language");
  if (is_filled_in(poedit)) {
    const std::string code = language_code_of(poedit, header_value(header, "X-Poedit-Country"));
    return code.empty() ? poedit : code;
  }
  return language_of_team(header_value(header, "Language-Team"));
}

/// The language of the keys, if the header says it.
std::string language_of_keys(std::string_view header) {
  for (const std::string_view name : {"X-Source-Language", "X-Poedit-SourceLanguage"})
    if (std::string language = header_value(header, name); is_filled_in(language)) return language;
  return {};
}

}  // namespace

CatalogReader::CatalogReader(const TranslationFile& file, const ReadOptions& options, ReadReport& report)
    : EntryReader(options, report), direction_(file, options) {
  direction_.set(options.msgid_language, "");
}

void CatalogReader::read_header(std::string_view header, const std::string& where) {
  if (std::exchange(seen_header_, true)) return read_second_header(header, where);
  header_ = said_by(header);
  direction_.set(header_.keys.empty() ? options().msgid_language : header_.keys, header_.language);
  if (!header_.plural_forms.empty()) forms_ = PluralForms::of(header_.plural_forms);
  charset_ = is_utf8_name(header_.charset) ? std::string() : header_.charset;
  if (!charset_.empty()) CharsetDecoder(charset_, where);  // says now if it is unknown
}

/// An entry without text like any other, unless it is that of another catalogue, of which all would be read
/// by the header of the first.
void CatalogReader::read_second_header(std::string_view text, const std::string& where) {
  const Header second = said_by(text);
  const auto require_like_first = [&](std::string_view name, const std::string& said,
                                      const std::string& first) {
    require<DataError>(said.empty() || said == first || closeness(said, first) > 0, where,
                       ": a second header, of ", name, " '", printable(said), "' where the first has '",
                       printable(first), "'; part the two catalogues, or join them with msgcat");
  };
  require_like_first("language", second.language, header_.language);
  require_like_first("source language", second.keys, header_.keys);
  require_like_first("charset", second.charset, header_.charset);
  skip(&ReadReport::empty_source);
}

CatalogReader::Header CatalogReader::said_by(std::string_view header) {
  Header said{.language = declared_language(header), .keys = language_of_keys(header)};
  // Templates say CHARSET and EXPRESSION where a translator is to fill in.
  said.plural_forms = header_value(header, "Plural-Forms");
  if (said.plural_forms.find("EXPRESSION") != std::string::npos) said.plural_forms.clear();
  const std::string type = header_value(header, "Content-Type");
  if (const std::size_t at = type.find("charset="); at != type.npos)
    said.charset = trimmed(std::string_view(type).substr(at + 8));
  if (said.charset == "CHARSET") said.charset.clear();
  if (is_utf8_name(said.charset)) said.charset = "UTF-8";
  return said;
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
  const auto has_form = [&](Index form) {
    return form < std::ssize(translations) && !translations[static_cast<std::size_t>(form)].empty();
  };
  const auto offer_pair = [&](const std::string& text, Index form) {
    if (!has_form(form)) return skip(&ReadReport::untranslated);
    offer({text, std::move(translations[static_cast<std::size_t>(form)])}, where, direction_);
  };
  if (!direction_.wanted()) return skip_others(direction_, where, pairs_of(plural, translations));
  // Real catalogues have misspelt rules, and all but their plurals can be used.
  if (!plural.empty() && !forms_) return skip(&ReadReport::unclear_plurals, pairs_of(plural, translations));
  const Index one = plural.empty() ? 0 : forms_->singular(), many = plural.empty() ? 0 : forms_->plural();
  if (one != many) offer_pair(id, one);
  offer_pair(plural.empty() ? id : plural, many);
  for (Index form = 0; form < std::ssize(translations); ++form)
    if (form != one && form != many)
      skip(has_form(form) ? &ReadReport::other_forms : &ReadReport::untranslated);
}

}  // namespace heed
