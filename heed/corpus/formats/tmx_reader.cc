#include "heed/corpus/formats/tmx_reader.h"

#include "heed/base/error.h"
#include "heed/corpus/formats/inline_markup.h"
#include "heed/corpus/formats/translation_status.h"
#include "heed/corpus/formats/xml_names.h"
#include "heed/text/unicode.h"

namespace heed {

namespace {

/// What Trados says of a translation in a property; empty if nothing is said.
std::string_view confirmation_level(const pugi::xml_node& element) {
  for (const pugi::xml_node& property : element.children())
    if (local_name(property) == "prop" &&
        std::string_view(property.attribute("type").value()).ends_with("ConfirmationLevel"))
      return property.text().get();
  return {};
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
  for (const pugi::xml_node& variant : entry.children()) {
    if (local_name(variant) != "tuv") continue;
    pugi::xml_attribute code = variant.attribute("xml:lang");
    if (!code) code = variant.attribute("lang");  // TMX 1.1
    if (code.empty())
      throw DataError(message(place(), ": a <tuv> of this <tu> does not say its language (xml:lang)"));
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
  if (!options().any_status)
    for (const pugi::xml_node& element : {entry, source_variant, target_variant})
      if (const std::string_view level = confirmation_level(element); calls_unfinished(level))
        return skip_draft(message("ConfirmationLevel \"", printable(level, 40), '"'));
  InlineMarkup markup(options().inline_tags);
  std::string from = markup.text_of(child_of(source_variant, "seg"));
  offer({std::move(from), markup.text_of(child_of(target_variant, "seg"))}, place());
}

}  // namespace heed
