#include "heed/corpus/formats/xliff_reader.h"

#include <utility>

#include "heed/base/error.h"
#include "heed/corpus/formats/inline_markup.h"
#include "heed/corpus/formats/xml_names.h"

namespace heed {
namespace {

/// Whether XLIFF 1.2 calls a translation unfinished.
bool is_draft(const pugi::xml_node& unit, const pugi::xml_node& translation) {
  const std::string_view state = translation.attribute("state").as_string();
  return state == "new" || state == "initial" || state.starts_with("needs-") ||
         std::string_view(unit.attribute("approved").as_string()) == "no";
}

}  // namespace

XliffReader::XliffReader(const TranslationFile& file, const ReadOptions& options, ReadReport& report)
    : XmlEntryReader(file.path, {"trans-unit", "unit"}, options, report), direction_(file, options) {}

void XliffReader::meet(const pugi::xml_node& tag) {
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
  for (const XliffSegment& segment : segments_of(entry)) read_segment(entry, segment);
}

void XliffReader::read_segment(const pugi::xml_node& entry, const XliffSegment& segment) {
  // The languages may be said of each text.
  const pugi::xml_attribute from = segment.source.attribute("xml:lang"),
                            to = segment.target.attribute("xml:lang");
  direction_.set(from.empty() ? std::string_view(from_) : from.value(),
                 to.empty() ? std::string_view(to_) : to.value());
  if (!wanted(direction_, place())) return;
  if (std::string_view(entry.attribute("translate").value()) == "no")
    return skip(&ReadReport::not_for_translation);
  if (!segment.target) return skip(segment.source ? &ReadReport::untranslated : &ReadReport::unpaired);
  if (!segment.source) return skip(&ReadReport::unpaired);
  if (is_draft(entry, segment.element)) return skip(&ReadReport::drafts);
  InlineMarkup markup(options().inline_tags);
  std::string source_text = markup.text_of(segment.source), target_text = markup.text_of(segment.target);
  offer({std::move(source_text), std::move(target_text)}, place(), direction_);
}

}  // namespace heed
