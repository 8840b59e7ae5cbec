#include "heed/corpus/formats/translation_status.h"

#include <algorithm>
#include <cctype>
#include <initializer_list>

#include "heed/base/error.h"
#include "heed/corpus/formats/xml_names.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

using Words = std::initializer_list<std::string_view>;

/// As programs differ in: without capitals, blanks and hyphens.
std::string simplified(std::string_view status) {
  std::string simple;
  for (const char c : status)
    if (std::isalnum(static_cast<unsigned char>(c)))
      simple += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return simple;
}

bool contains_any(const std::string& text, Words words) {
  return std::ranges::any_of(words, [&](std::string_view word) { return text.find(word) != text.npos; });
}

bool is_one_of(const std::string& text, Words words) { return std::ranges::find(words, text) != words.end(); }

std::string shown(std::string_view name, std::string_view value) {
  return message(printable(name, 40), "=\"", printable(value, 40), '"');
}

/// What programs say in attributes of their own.
std::string foreign_objection(const pugi::xml_node& element) {
  for (pugi::xml_attribute attribute = element.first_attribute(); attribute;
       attribute = attribute.next_attribute()) {
    const std::string_view name = attribute.name(), local = without_prefix(name);
    if (local.size() == name.size() ||
        !is_one_of(simplified(local), {"status", "confirmed", "conf", "editstatus"}))
      continue;
    if (!calls_finished(attribute.value())) return shown(name, attribute.value());
  }
  return {};
}

/// What XLIFF 1.2 says of a <target>, or XLIFF 2 of a <segment>.
std::string own_objection(const pugi::xml_node& element, bool approved) {
  const std::string_view state = element.attribute("state").value(),
                         qualifier = element.attribute("state-qualifier").value(),
                         detail = element.attribute("subState").value();
  if (state == "new" || state == "initial" || state.starts_with("needs-")) return shown("state", state);
  if (qualifier.starts_with("rejected")) return shown("state-qualifier", qualifier);
  if (calls_unfinished(without_prefix(detail))) return shown("subState", detail);
  // Where it came from matters until somebody has looked at it.
  if (approved || state == "final" || state == "signed-off") return {};
  if (qualifier == "fuzzy-match" || qualifier == "leveraged-mt" || qualifier.ends_with("-suggestion"))
    return shown("state-qualifier", qualifier);
  return {};
}

}  // namespace

bool calls_unfinished(std::string_view status) {
  if (status.empty()) return false;  // as nearly all are
  const std::string simple = simplified(status);
  return is_one_of(simple, {"new", "initial", "0", "no", "false"}) ||
         contains_any(simple, {"reject", "draft", "notstarted", "nottranslated", "untranslated",
                               "unconfirmed", "unapproved", "unreviewed", "unfinished", "partial",
                               "pretranslated", "machine", "fragment", "fuzzy", "needs", "suggestion"});
}

bool calls_finished(std::string_view status) {
  if (calls_unfinished(status)) return false;
  const std::string simple = simplified(status);
  const bool level = simple.size() == 1 && std::isdigit(static_cast<unsigned char>(simple.front()));
  return level || is_one_of(simple, {"yes", "true"}) ||
         contains_any(simple, {"confirmed", "approved", "translated", "proofread", "final", "reviewed",
                               "signed", "signoff", "done", "complete", "accepted", "released"});
}

XliffStatus::XliffStatus(const pugi::xml_node& entry, const pugi::xml_node& definitions)
    : has_confirmations_(!definitions.empty()) {
  const std::string_view approved = entry.attribute("approved").value();
  approved_ = approved == "yes";
  objection_ = approved == "no" ? shown("approved", approved) : foreign_objection(entry);
  for (const pugi::xml_node& segment : definitions.children())
    if (local_name(segment) == "seg")
      confirmations_.emplace(segment.attribute("id").value(), segment.attribute("conf").value());
}

std::string XliffStatus::objection(const XliffSegment& segment) const {
  if (!objection_.empty()) return objection_;
  if (segment.element.first_attribute().empty() && !has_confirmations_) return {};  // as most are
  if (std::string own = own_objection(segment.element, approved_); !own.empty()) return own;
  if (std::string foreign = foreign_objection(segment.element); !foreign.empty()) return foreign;
  if (!has_confirmations_) return {};
  const auto found = confirmations_.find(segment.mid);
  if (found == confirmations_.end() || found->second.empty()) return "no conf";
  return calls_finished(found->second) ? std::string() : shown("conf", found->second);
}

}  // namespace heed
