#include "heed/corpus/formats/ts_reader.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "heed/base/error.h"
#include "heed/corpus/formats/xml_names.h"
#include "heed/text/code_points.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

/// The character of <byte value="x1b"/> or <byte value="27"/>, which XML cannot hold; nothing if it is none.
std::string character_of(std::string_view value) {
  const bool hexadecimal = value.starts_with('x');
  if (hexadecimal) value.remove_prefix(1);
  std::uint32_t code = 0;
  const char* const end = value.data() + value.size();
  const auto [stopped, failed] = std::from_chars(value.data(), end, code, hexadecimal ? 16 : 10);
  if (failed != std::errc() || stopped != end || code == 0 || code > 0x10FFFF ||
      (code >= 0xD800 && code < 0xE000))
    return {};
  std::string character;
  append_utf8(character, static_cast<std::int32_t>(code));
  return character;
}

}  // namespace

TsReader::TsReader(const TranslationFile& file, const ReadOptions& options, ReadReport& report)
    : XmlEntryReader(file.path, {"message"}, options, report), direction_(file, options) {
  direction_.set(options.msgid_language, "");
}

void TsReader::meet(const pugi::xml_node& tag) {
  if (std::exchange(seen_root_, true)) return;
  require<DataError>(local_name(tag) == "TS", place(), ": <", std::string(tag.name()),
                     "> where <TS> is due; is it a file of Qt Linguist?");
  const std::string_view from = tag.attribute("sourcelanguage").value();
  direction_.set(from.empty() ? std::string_view(options().msgid_language) : from,
                 tag.attribute("language").value());
}

void TsReader::read(const pugi::xml_node& message) {
  const pugi::xml_node translation = child_of(message, "translation");
  const std::vector<std::string> forms = forms_of(message, translation);
  const Index count = std::ssize(forms);
  if (!direction_.wanted()) return skip_others(direction_, place(), count);
  const std::string_view type = translation.attribute("type").value();
  if ((type == "obsolete" || type == "vanished") && !options().any_status)
    return skip(&ReadReport::obsolete, count);
  if (std::ranges::all_of(forms, [](const std::string& form) { return form.empty(); }))
    return skip(&ReadReport::untranslated, count);
  if (!type.empty() && !options().any_status)
    return skip_draft(heed::message("type=\"", printable(type, 40), '"'), count);
  for (Index form = 0; form + 1 < count; ++form)
    skip(forms[static_cast<std::size_t>(form)].empty() ? &ReadReport::untranslated
                                                       : &ReadReport::other_forms);
  if (forms.back().empty()) return skip(&ReadReport::untranslated);
  offer({text_of(child_of(message, "source")), forms.back()}, place(), direction_);
}

/// The texts of a translation: one, or as many as it has forms for numbers. An empty one where there is none.
std::vector<std::string> TsReader::forms_of(const pugi::xml_node& message,
                                            const pugi::xml_node& translation) {
  if (std::string_view(message.attribute("numerus").value()) != "yes") return {first_variant(translation)};
  std::vector<std::string> forms;
  for (const pugi::xml_node& form : translation.children())
    if (local_name(form) == "numerusform") forms.push_back(first_variant(form));
  if (forms.empty()) forms.emplace_back();
  return forms;
}

/// Of a text in several lengths the first, which is the longest; the others are counted.
std::string TsReader::first_variant(const pugi::xml_node& text) {
  pugi::xml_node first;
  Index variants = 0;
  for (const pugi::xml_node& variant : text.children())
    if (local_name(variant) == "lengthvariant" && variants++ == 0) first = variant;
  if (variants == 0) return text_of(text);
  skip(&ReadReport::other_variants, variants - 1);
  return text_of(first);
}

std::string TsReader::text_of(const pugi::xml_node& element) const {
  std::string text;
  for (const pugi::xml_node& child : element.children()) {
    if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) text += child.value();
    if (local_name(child) != "byte") continue;
    const std::string_view value = child.attribute("value").value();
    const std::string character = character_of(value);
    require<EntryError>(!character.empty(), place(), ": <byte value=\"", printable(value, 20),
                        "\"> is no character");
    text += character;
  }
  return text;
}

}  // namespace heed
