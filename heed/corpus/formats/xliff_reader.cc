#include "heed/corpus/formats/xliff_reader.h"

#include <map>
#include <utility>

#include "heed/base/error.h"

namespace heed {
namespace {

/// The first child of a name, whatever its prefix.
pugi::xml_node child_of(const pugi::xml_node& element, std::string_view name) {
  for (const pugi::xml_node& child : element.children())
    if (local_name(child) == name) return child;
  return {};
}

/// Whether XLIFF 1.2 calls a translation unfinished.
bool is_draft(const pugi::xml_node& unit, const pugi::xml_node& translation) {
  const std::string_view state = translation.attribute("state").as_string();
  return state == "new" || state.starts_with("needs-") ||
         std::string_view(unit.attribute("approved").as_string()) == "no";
}

/// The <mrk mtype="seg"> of an element by their mid: an entry may hold several segments.
void find_segments(const pugi::xml_node& element, std::map<std::string, pugi::xml_node>& segments) {
  for (const pugi::xml_node& child : element.children()) {
    if (local_name(child) == "mrk" && std::string_view(child.attribute("mtype").as_string()) == "seg")
      segments.emplace(child.attribute("mid").as_string(), child);
    else if (child.type() == pugi::node_element)
      find_segments(child, segments);
  }
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

/// The languages of a text and its translation, which may be said of each.
void XliffReader::take_languages(const pugi::xml_node& from, const pugi::xml_node& to) {
  const pugi::xml_attribute from_here = from.attribute("xml:lang"), to_here = to.attribute("xml:lang");
  direction_.set(from_here.empty() ? std::string_view(from_) : from_here.value(),
                 to_here.empty() ? std::string_view(to_) : to_here.value());
}

void XliffReader::read(const pugi::xml_node& entry) {
  if (std::string_view(entry.attribute("translate").as_string()) == "no")
    return skip(&ReadReport::not_for_translation);
  local_name(entry) == "unit" ? read_unit(entry) : read_trans_unit(entry);
}

void XliffReader::read_unit(const pugi::xml_node& unit) {
  for (const pugi::xml_node& segment : unit.children()) {
    if (local_name(segment) != "segment") continue;
    const pugi::xml_node translation = child_of(segment, "target");
    take_languages(child_of(segment, "source"), translation);
    if (!wanted(direction_, place())) continue;
    if (!translation)
      skip(&ReadReport::untranslated);
    else if (std::string_view(segment.attribute("state").as_string()) == "initial")
      skip(&ReadReport::drafts);
    else
      offer_texts(child_of(segment, "source"), translation);
  }
}

void XliffReader::read_trans_unit(const pugi::xml_node& unit) {
  const pugi::xml_node translation = child_of(unit, "target");
  take_languages(child_of(unit, "source"), translation);
  if (!wanted(direction_, place())) return;
  if (!translation) return skip(&ReadReport::untranslated);
  if (is_draft(unit, translation)) return skip(&ReadReport::drafts);
  std::map<std::string, pugi::xml_node> sources, targets;
  find_segments(child_of(unit, "seg-source"), sources);
  find_segments(translation, targets);
  if (sources.empty() || targets.empty()) return offer_texts(child_of(unit, "source"), translation);
  for (const auto& [mid, from] : sources) {
    const auto to = targets.find(mid);
    if (to == targets.end())
      skip(&ReadReport::untranslated);
    else
      offer_texts(from, to->second);
  }
}

void XliffReader::offer_texts(const pugi::xml_node& from, const pugi::xml_node& to) {
  InlineMarkup markup(options().inline_tags);
  std::string source_text = markup.text_of(from), target_text = markup.text_of(to);
  offer({std::move(source_text), std::move(target_text)}, place(), direction_);
}

}  // namespace heed
