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

XliffReader::XliffReader(const std::filesystem::path& path, const ReadOptions& options, ReadReport& report)
    : XmlEntryReader(path, {"trans-unit", "unit"}, options, report) {}

void XliffReader::meet(const pugi::xml_node& tag) {
  const std::string_view name = local_name(tag);
  if (!std::exchange(seen_root_, true)) {
    require<DataError>(name == "xliff", place(), ": <", std::string(tag.name()),
                       "> where <xliff> is due; is it an XLIFF file?");
    if (tag.attribute("srcLang"))
      take_languages(tag.attribute("srcLang").value(), tag.attribute("trgLang").value());
  } else if (name == "file" && tag.attribute("source-language")) {
    take_languages(tag.attribute("source-language").value(), tag.attribute("target-language").value());
  }
}

void XliffReader::take_languages(const char* from, const char* to) {
  // A file that does not name a target is taken at the user's word.
  const auto serves = [](LanguageMatcher& wanted, const char* code) {
    return wanted.wanted().empty() || *code == '\0' || wanted.closeness(code) > 0;
  };
  if (serves(source, from) && serves(target, to))
    direction_ = Direction::straight;
  else if (*to != '\0' && serves(source, to) && serves(target, from))
    direction_ = Direction::swapped;
  else
    direction_ = Direction::neither;
}

void XliffReader::read(const pugi::xml_node& entry) {
  if (direction_ == Direction::neither) return skip(&ReadReport::other_language);
  if (std::string_view(entry.attribute("translate").as_string()) == "no")
    return skip(&ReadReport::not_for_translation);
  local_name(entry) == "unit" ? read_unit(entry) : read_trans_unit(entry);
}

void XliffReader::read_unit(const pugi::xml_node& unit) {
  for (const pugi::xml_node& segment : unit.children()) {
    if (local_name(segment) != "segment") continue;
    const pugi::xml_node translation = child_of(segment, "target");
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
  if (direction_ == Direction::swapped) std::swap(source_text, target_text);
  offer({std::move(source_text), std::move(target_text)}, place());
}

}  // namespace heed
