#include "heed/markup/markup_tokens.h"
#include "heed/text/ascii.h"

#include <algorithm>
#include <array>

namespace heed {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
/// In XML names may begin with any letter; bytes beyond ASCII are taken for such.
bool begins_name(char c) { return is_ascii_letter(c) || c == '_' || static_cast<unsigned char>(c) >= 0x80; }
bool ends_name(char c) { return is_ascii_space(c) || c == '/' || c == '>'; }

template <std::size_t N>
bool is_one_of(std::string_view name, const std::array<std::string_view, N>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

constexpr std::array<std::string_view, 16> without_end{"area",   "base",  "br",    "col",   "embed", "frame",
                                                       "hr",     "img",   "input", "link",  "meta",  "param",
                                                       "source", "track", "wbr",   "keygen"};
// What is within them is no markup: of the first nothing for people to read, of the others text.
constexpr std::array<std::string_view, 6> programs{"script", "style", "xmp", "iframe", "noembed", "noframes"};
constexpr std::array<std::string_view, 2> plain{"textarea", "title"};

// A tag is looked through for quotes so far, or many that never end would take quadratic time.
constexpr std::size_t longest_with_quotes = 8192;

/// Where a tag that begins at `at` ends, behind its >; none if it never does. A > within quotes ends nothing,
/// unless nothing else does.
std::size_t end_of_tag(std::string_view text, std::size_t at) {
  const std::size_t limit = std::min(text.size(), at + longest_with_quotes);
  char quote = 0, before = 0;
  for (std::size_t i = at; i < limit; ++i) {
    const char c = text[i];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if ((c == '"' || c == '\'') && before == '=') {
      quote = c;
    } else if (c == '>') {
      return i + 1;
    }
    if (!is_ascii_space(c)) before = c;
  }
  const std::size_t end = text.find('>', at);
  return end == std::string_view::npos ? std::string_view::npos : end + 1;
}

bool has_word(std::string_view words, std::string_view wanted) {
  for (std::size_t at = 0; at < words.size();) {
    while (at < words.size() && is_ascii_space(words[at])) ++at;
    std::size_t end = at;
    while (end < words.size() && !is_ascii_space(words[end])) ++end;
    if (words.substr(at, end - at) == wanted) return true;
    at = end;
  }
  return false;
}

/// Whether attributes say that nothing in the element is to be translated.
bool says_untranslated(std::string_view attributes) {
  std::size_t at = 0;
  const auto skip_spaces = [&] {
    while (at < attributes.size() && (is_ascii_space(attributes[at]) || attributes[at] == '/')) ++at;
  };
  for (skip_spaces(); at < attributes.size(); skip_spaces()) {
    const std::size_t begin = at;
    while (at < attributes.size() && attributes[at] != '=' && !is_ascii_space(attributes[at])) ++at;
    std::string name(attributes.substr(begin, at - begin));
    std::transform(name.begin(), name.end(), name.begin(), lower);
    while (at < attributes.size() && is_ascii_space(attributes[at])) ++at;
    if (at == attributes.size() || attributes[at] != '=') {
      if (begin == at) ++at;
      continue;
    }
    ++at;
    while (at < attributes.size() && is_ascii_space(attributes[at])) ++at;
    std::string_view value;
    if (at < attributes.size() && (attributes[at] == '"' || attributes[at] == '\'')) {
      const std::size_t end = std::min(attributes.find(attributes[at], at + 1), attributes.size());
      value = attributes.substr(at + 1, end - at - 1);
      at = std::min(end + 1, attributes.size());
    } else {
      const std::size_t first = at;
      while (at < attributes.size() && !is_ascii_space(attributes[at])) ++at;
      value = attributes.substr(first, at - first);
    }
    if (name == "translate" && (value == "no" || value == "NO" || value == "No")) return true;
    if (name == "class" && has_word(value, "notranslate")) return true;
  }
  return false;
}

class Reader {
 public:
  Reader(std::string_view text, MarkupDialect dialect) : text_(text), html_(dialect == MarkupDialect::html) {}

  std::vector<MarkupToken> read() {
    while (at_ < text_.size()) {
      const std::size_t next = text_.find('<', at_);
      if (next == std::string_view::npos) break;
      if (!read_markup(next)) at_ = next + 1;  // it is text
    }
    add_text(text_.size());
    return std::move(tokens_);
  }

 private:
  void add_text(std::size_t end) {
    if (end > text_begin_)
      tokens_.push_back({.kind = MarkupKind::text, .raw = text_.substr(text_begin_, end - text_begin_)});
  }

  void add(MarkupToken token, std::size_t begin) {
    add_text(begin);
    at_ = text_begin_ = begin + token.raw.size();
    tokens_.push_back(std::move(token));
  }

  bool read_markup(std::size_t begin) {
    const std::string_view rest = text_.substr(begin);
    if (rest.starts_with("<!--")) return read_verbatim(begin, "-->", 4);
    if (rest.starts_with("<![CDATA[")) return read_verbatim(begin, "]]>", 9);
    if (rest.starts_with("<!") || rest.starts_with("<?")) return read_verbatim(begin, ">", 2);
    const bool closes = rest.starts_with("</");
    const std::size_t name_begin = begin + (closes ? 2 : 1);
    if (name_begin >= text_.size() || !begins_name(text_[name_begin])) return false;
    if (!ends_somewhere(">")) return false;
    const std::size_t end = end_of_tag(text_, name_begin);
    if (end == std::string_view::npos) return never_again(">");
    read_tag(begin, name_begin, end, closes);
    return true;
  }

  // What was looked for in vain is not looked for again: a million comments without end take no longer.
  bool ends_somewhere(std::string_view end) const {
    return std::find(missing_.begin(), missing_.end(), end) == missing_.end();
  }
  bool never_again(std::string_view end) {
    missing_.emplace_back(end);
    return false;
  }

  bool read_verbatim(std::size_t begin, std::string_view end, std::size_t skipped) {
    if (!ends_somewhere(end)) return false;
    const std::size_t found = text_.find(end, begin + skipped);
    if (found == std::string_view::npos) return never_again(end);
    add({.kind = MarkupKind::verbatim, .raw = text_.substr(begin, found + end.size() - begin)}, begin);
    return true;
  }

  void read_tag(std::size_t begin, std::size_t name_begin, std::size_t end, bool closes) {
    std::size_t name_end = name_begin;
    while (!ends_name(text_[name_end])) ++name_end;
    MarkupToken token{.kind = closes ? MarkupKind::close : MarkupKind::open,
                      .raw = text_.substr(begin, end - begin),
                      .name = std::string(text_.substr(name_begin, name_end - name_begin))};
    if (html_) std::transform(token.name.begin(), token.name.end(), token.name.begin(), lower);
    if (!closes) {
      const std::string_view attributes = text_.substr(name_end, end - 1 - name_end);
      if (attributes.ends_with('/') || (html_ && is_one_of(token.name, without_end)))
        token.kind = MarkupKind::empty;
      else
        token.untranslated = says_untranslated(attributes);
    }
    const std::string name = token.name;
    const bool opens = token.kind == MarkupKind::open;
    add(std::move(token), begin);
    if (!html_ || !opens) return;
    if (is_one_of(name, programs)) read_content(name, MarkupKind::verbatim);
    if (is_one_of(name, plain)) read_content(name, MarkupKind::text);
  }

  /// What stands up to the end of an element that holds no markup.
  void read_content(const std::string& name, MarkupKind kind) {
    if (!ends_somewhere(name)) return;
    std::size_t end = at_;
    for (;; ++end) {
      end = text_.find("</", end);
      if (end == std::string_view::npos) break;
      const std::string_view found = text_.substr(end + 2, name.size());
      const bool same = std::equal(found.begin(), found.end(), name.begin(), name.end(),
                                   [](char a, char b) { return lower(a) == b; });
      if (same && end + 2 + name.size() < text_.size() && ends_name(text_[end + 2 + name.size()])) break;
    }
    if (end == std::string_view::npos) {
      never_again(name);
      if (kind == MarkupKind::text) return;  // what follows is read as ever
      end = text_.size();
    }
    if (end > at_) add({.kind = kind, .raw = text_.substr(at_, end - at_)}, at_);
  }

  const std::string_view text_;
  const bool html_;
  std::size_t at_ = 0, text_begin_ = 0;
  std::vector<std::string> missing_;  // ends that do not come any more
  std::vector<MarkupToken> tokens_;
};

}  // namespace

std::vector<MarkupToken> markup_tokens(std::string_view text, MarkupDialect dialect) {
  return Reader(text, dialect).read();
}

}  // namespace heed
