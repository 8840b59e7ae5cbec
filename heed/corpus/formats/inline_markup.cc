#include "heed/corpus/formats/inline_markup.h"

#include <array>

#include "heed/corpus/formats/xml_names.h"

namespace heed {
namespace {

// Deeper is refused before: this bounds the stack whatever the caller does.
constexpr int deepest_markup = 256;

std::string attribute(const pugi::xml_node& element, const char* name) {
  return element.attribute(name).as_string();
}

// Made a space, of the blanks around it too, when a text is made one line.
constexpr char word_break = '\n';

/// What a tag that opens and the one that closes it have in common.
std::string partner_key(const pugi::xml_node& element) {
  for (const char* name : {"i", "rid", "startRef", "id"})
    if (element.attribute(name)) return attribute(element, name);
  return {};
}

}  // namespace

std::string InlineMarkup::text_of(const pugi::xml_node& element) {
  openings_.clear();
  met_.clear();
  parting_.clear();
  std::string text;
  append(element, text, 0);
  return text;
}

InlineMarkup::Role InlineMarkup::role_of(std::string_view name, const pugi::xml_node& element) {
  // TMX 1.4: bpt ept ph it hi ut; XLIFF 1.2: g x bx ex bpt ept ph it mrk; XLIFF 2: pc sc ec ph mrk sm em cp.
  // Their <sub> stands within codes alone (sub_flows.h); anywhere else it is HTML's subscript, and text.
  static constexpr std::array kinds{
      Kind{"bpt", Role::opening}, Kind{"ept", Role::closing}, Kind{"bx", Role::opening},
      Kind{"ex", Role::closing},  Kind{"sc", Role::opening},  Kind{"ec", Role::closing},
      Kind{"ph", Role::alone},    Kind{"x", Role::alone},     Kind{"ut", Role::alone},
      Kind{"g", Role::paired},    Kind{"pc", Role::paired},   Kind{"hi", Role::paired},
      Kind{"mrk", Role::content}, Kind{"sm", Role::hidden},   Kind{"em", Role::hidden},
      Kind{"cp", Role::hidden}};
  if (name == "it") {
    const std::string side = attribute(element, "pos");
    return side == "begin" || side == "open" ? Role::opening : Role::closing;
  }
  for (const Kind& kind : kinds)
    if (kind.name == name) return kind.role;
  return Role::content;
}

void InlineMarkup::append(const pugi::xml_node& element, std::string& text, int depth) {
  if (depth > deepest_markup) return;
  for (const pugi::xml_node& child : element.children()) {
    if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) {
      text += child.value();
      continue;
    }
    if (child.type() != pugi::node_element) continue;
    const Role role = role_of(local_name(child), child);
    const bool parts = parts_here(child, role);
    // A placeholder parts words itself.
    const bool apart = parts && (tags_ == InlineTags::strip || role == Role::content || role == Role::hidden);
    if (apart) text += word_break;
    if (role == Role::hidden) continue;
    if (role == Role::content) {
      append(child, text, depth + 1);
      if (apart) text += word_break;
      continue;
    }
    const std::string key = tags_ == InlineTags::placeholders ? key_of(child, role) : std::string();
    if (role == Role::paired) {
      mark(Role::opening, key, text);
      append(child, text, depth + 1);
      mark(Role::closing, key, text);
      if (apart) text += word_break;
    } else {
      // What a code stands for is the code of another program, not text.
      mark(role, key, text);
    }
  }
}

/// Whether an element parts words, or closes one that did.
bool InlineMarkup::parts_here(const pugi::xml_node& element, Role role) {
  bool parts = parts_words(element, data_);
  if (role == Role::opening && parts) parting_.insert(partner_key(element));
  if (role == Role::closing && !parts && !parting_.empty()) parts = parting_.contains(partner_key(element));
  return parts;
}

void InlineMarkup::mark(Role role, const std::string& key, std::string& text) {
  if (tags_ == InlineTags::strip) return;
  const int number = numbers_.try_emplace(key, static_cast<int>(numbers_.size()) + 1).first->second;
  text += role == Role::closing ? "</" : "<";
  text += std::to_string(number);
  text += role == Role::alone ? "/>" : ">";
}

std::string InlineMarkup::key_of(const pugi::xml_node& element, Role role) {
  const std::string name(local_name(element)), i = attribute(element, "i"), x = attribute(element, "x");
  if (!i.empty() && role == Role::closing && openings_.contains(i)) return openings_[i];
  std::string key;
  if (!x.empty()) {
    key = "x" + x;
  } else if (!i.empty()) {
    key = "i" + i;
  } else {
    for (const char* id : {"rid", "startRef", "id"})
      if (key.empty() && element.attribute(id)) key = "id" + attribute(element, id);
    if (key.empty()) key = name + std::to_string(met_[name]++);
  }
  if (!i.empty() && role == Role::opening) openings_[i] = key;
  return key;
}

}  // namespace heed
