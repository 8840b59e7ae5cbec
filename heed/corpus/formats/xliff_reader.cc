#include "heed/corpus/formats/xliff_reader.h"

#include <utility>

#include "heed/base/error.h"
#include "heed/corpus/formats/xml_names.h"

namespace heed {
namespace {

/// Whether what is within an element is for translation: as it says, else as what is around it does.
bool is_translatable(const pugi::xml_node& element, bool around) {
  const std::string_view said = element.attribute("translate").value();
  return said == "no" ? false : said == "yes" ? true : around;
}

}  // namespace

XliffReader::XliffReader(const TranslationFile& file, const ReadOptions& options, ReadReport& report)
    : XmlEntryReader(file.path, {"trans-unit", "unit"}, options, report), direction_(file, options) {}

void XliffReader::meet(const pugi::xml_node& tag) {
  translatable_.push_back(is_translatable(tag, translatable_.empty() || translatable_.back()));
  const std::string_view name = local_name(tag);
  if (!std::exchange(seen_root_, true)) {
    require<DataError>(name == "xliff", place(), ": <", std::string(tag.name()),
                       "> where <xliff> is due; is it an XLIFF file?");
    from_ = tag.attribute("srcLang").value();
    to_ = tag.attribute("trgLang").value();
    whole_ = tag.attribute("srcLang") || std::string_view(tag.attribute("version").value()).starts_with('2');
  } else if (name == "file" && !whole_) {
    from_ = tag.attribute("source-language").value();
    to_ = tag.attribute("target-language").value();
  }
}

void XliffReader::read(const pugi::xml_node& entry) {
  entry_.read(entry);
  const bool translatable = is_translatable(entry, translatable_.empty() || translatable_.back());
  const XliffStatus status(entry, entry_.definitions);
  InlineMarkup markup(options().inline_tags, OriginalData(entry_.original_data));
  for (const XliffSegment& segment : entry_.segments) read_segment(segment, translatable, status, markup);
}

void XliffReader::read_segment(const XliffSegment& segment, bool translatable, const XliffStatus& status,
                               InlineMarkup& markup) {
  // The languages may be said of each text.
  const pugi::xml_attribute from = segment.source.attribute("xml:lang"),
                            to = segment.target.attribute("xml:lang");
  direction_.set(from.empty() ? std::string_view(from_) : from.value(),
                 to.empty() ? std::string_view(to_) : to.value());
  if (!direction_.wanted()) return skip_others(direction_, place());
  if (!translatable) return skip(&ReadReport::not_for_translation);
  if (!segment.target) return skip(segment.source ? &ReadReport::untranslated : &ReadReport::unpaired);
  if (!segment.source) return skip(&ReadReport::unpaired);
  if (!options().any_status)
    if (const std::string objection = status.objection(segment); !objection.empty())
      return skip_draft(objection);
  offer_segment(markup, segment.source, segment.target,
                [&](TextPair pair) { offer(std::move(pair), place(), direction_); });
}

}  // namespace heed
