#pragma once
#include <functional>
#include <map>
#include <pugixml.hpp>
#include <string>
#include <string_view>

namespace heed {

/// Whether a code of another program, which stands within a text, is one for a break or a space: white space,
/// <br/>, </p>, \n, {tab}, &nbsp;. Markup of characters, such as <b>, is not.
bool is_code_of_break(std::string_view code);

/// The codes that an entry of XLIFF 2 keeps apart from its texts, by their ids.
class OriginalData {
 public:
  OriginalData() = default;
  /// Of an <originalData>, or of nothing.
  explicit OriginalData(const pugi::xml_node& element);
  std::string_view code(std::string_view id) const;

 private:
  std::map<std::string, std::string, std::less<>> codes_;
};

/// Whether markup parts the words on its sides: by its type (ctype="lb", x-html-br), by the code that it
/// stands for, or, where it is HTML, by its name.
bool parts_words(const pugi::xml_node& element, const OriginalData& data);

}  // namespace heed
