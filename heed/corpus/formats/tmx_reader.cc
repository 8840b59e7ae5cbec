#include "heed/corpus/formats/tmx_reader.h"

#include "heed/base/error.h"
#include "heed/corpus/formats/inline_markup.h"

namespace heed {

TmxReader::TmxReader(const std::filesystem::path& path, const ReadOptions& options, ReadReport& report)
    : XmlEntryReader(path, {"tu"}, options, report) {
  require<ConfigError>(!options.source_language.empty() && !options.target_language.empty(), path.string(),
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
  for (const pugi::xml_node& variant : entry.children()) {
    if (local_name(variant) != "tuv") continue;
    pugi::xml_attribute code = variant.attribute("xml:lang");
    if (!code) code = variant.attribute("lang");  // TMX 1.1
    if (code.empty())
      throw EntryError(message(place(), ": a <tuv> of this <tu> does not say its language (xml:lang)"));
    // One that serves for both, such as en-GB for en and en-GB, goes where it is closer.
    const int for_source = source.closeness(code.value()), for_target = target.closeness(code.value());
    if (for_source > source_best && for_source >= for_target) {
      source_best = for_source;
      source_variant = variant;
    } else if (for_target > target_best) {
      target_best = for_target;
      target_variant = variant;
    }
  }
  if (!source_variant || !target_variant) return skip(&ReadReport::other_language);
  InlineMarkup markup(options().inline_tags);
  std::string from = markup.text_of(source_variant.child("seg"));
  offer({std::move(from), markup.text_of(target_variant.child("seg"))}, place());
}

}  // namespace heed
