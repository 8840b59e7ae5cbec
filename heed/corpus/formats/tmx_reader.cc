#include "heed/corpus/formats/tmx_reader.h"

#include "heed/base/error.h"
#include "heed/corpus/formats/inline_markup.h"
#include "heed/corpus/formats/translation_status.h"
#include "heed/corpus/formats/xml_names.h"
#include "heed/text/unicode.h"

namespace heed {

namespace {

/// What Trados says of a translation, if an element is the property for that.
void take_level(const pugi::xml_node& element, std::string_view& level) {
  if (local_name(element) == "prop" &&
      std::string_view(element.attribute("type").value()).ends_with("ConfirmationLevel"))
    level = element.text().get();
}

/// The text of a variant.
pugi::xml_node segment_of(const pugi::xml_node& variant, std::string_view& level) {
  pugi::xml_node segment;
  for (pugi::xml_node child = variant.first_child(); child; child = child.next_sibling())
    if (!segment && local_name(child) == "seg")
      segment = child;
    else
      take_level(child, level);
  return segment;
}

}  // namespace

TmxReader::TmxReader(const TranslationFile& file, const ReadOptions& options, ReadReport& report)
    : XmlEntryReader(file.path, {"tu"}, options, report) {
  require<ConfigError>(!options.source_language.empty() && !options.target_language.empty(),
                       file.path.string(),
                       ": a TMX file may hold many languages; say which two with source_language and "
                       "target_language");
}

void TmxReader::meet(const pugi::xml_node& tag) {
  if (std::exchange(seen_root_, true)) return;
  require<DataError>(local_name(tag) == "tmx", place(), ": <", std::string(tag.name()),
                     "> where <tmx> is due; is it a TMX file?");
}

void TmxReader::read(const pugi::xml_node& entry) {
  pugi::xml_node source_variant, target_variant;
  int source_best = 0, target_best = 0;
  Index serving = 0;
  std::string_view level;
  for (pugi::xml_node variant = entry.first_child(); variant; variant = variant.next_sibling()) {
    if (local_name(variant) != "tuv") {
      take_level(variant, level);
      continue;
    }
    pugi::xml_attribute code = variant.attribute("xml:lang");
    if (!code) code = variant.attribute("lang");  // TMX 1.1
    if (code.empty())
      throw EntryError(message(place(), ": a <tuv> of this <tu> does not say its language (xml:lang)"));
    // One that serves for both, such as en-GB for en and en-GB, goes where it is closer.
    const int for_source = source.closeness(code.value()), for_target = target.closeness(code.value());
    if (for_source > 0 || for_target > 0) ++serving;
    if (for_source > source_best && for_source >= for_target) {
      source_best = for_source;
      source_variant = variant;
    } else if (for_target > target_best) {
      target_best = for_target;
      target_variant = variant;
    }
  }
  if (!source_variant || !target_variant) return skip(&ReadReport::other_language);
  if (serving > 2) skip(&ReadReport::other_variants, serving - 2);
  const pugi::xml_node source_text = segment_of(source_variant, level),
                       target_text = segment_of(target_variant, level);
  if (calls_unfinished(level) && !options().any_status)
    return skip_draft(message("ConfirmationLevel \"", printable(level, 40), '"'));
  InlineMarkup markup(options().inline_tags);
  offer_segment(markup, source_text, target_text, [&](TextPair pair) { offer(std::move(pair), place()); });
}

}  // namespace heed
