#pragma once
#include <map>
#include <pugixml.hpp>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "heed/corpus/formats/break_markup.h"
#include "heed/corpus/read_options.h"

namespace heed {

/// The text of elements that hold markup within it, as TMX and XLIFF write it. Markup that stands for a break
/// or a space becomes one, other markup nothing, or a placeholder. One object serves all pairs of an entry:
/// the same markup gets the same number on both sides of one.
class InlineMarkup {
 public:
  explicit InlineMarkup(InlineTags tags, OriginalData data = {}) : tags_(tags), data_(std::move(data)) {}

  /// Numbers from 1 again.
  void begin_pair() { numbers_.clear(); }

  /// The text of <seg>, <source> or <target>.
  std::string text_of(const pugi::xml_node& element);

 private:
  enum class Role { content, paired, opening, closing, alone, hidden };
  struct Kind {
    std::string_view name;
    Role role;
  };

  static Role role_of(std::string_view name, const pugi::xml_node& element);
  void append(const pugi::xml_node& element, std::string& text, int depth);
  void mark(Role role, const std::string& key, std::string& text);
  std::string key_of(const pugi::xml_node& element, Role role);

  bool parts_here(const pugi::xml_node& element, Role role);

  InlineTags tags_;
  OriginalData data_;
  std::map<std::string, int> numbers_;           // by key
  std::map<std::string, std::string> openings_;  // TMX: the key of the opening tag of an i, within one side
  std::set<std::string> parting_;   // opened on this side by what parts words, by the key of its end
  std::map<std::string, int> met_;  // how many of a name without a key were met on this side
};

}  // namespace heed
