#include "heed/markup/markup_text.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "heed/base/error.h"
#include "heed/markup/character_references.h"
#include "heed/markup/element_projection.h"
#include "heed/markup/text_units.h"
#include "heed/text/ascii.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

// Elements in each other, and tags of one block, beyond which they end blocks: people write no such text, and
// placing its tags would take long.
constexpr std::size_t deepest = 64, most_tags = 512;

template <std::size_t N>
bool is_among(std::string_view name, const std::array<std::string_view, N>& names) {
  return std::binary_search(names.begin(), names.end(), name);
}

// Elements of HTML that are no part of a sentence. Sorted.
constexpr std::array<std::string_view, 85> block_elements{
    "address",  "area",       "article",  "aside",    "audio",   "base",     "blockquote", "body",
    "br",       "button",     "canvas",   "caption",  "center",  "col",      "colgroup",   "datalist",
    "dd",       "details",    "dialog",   "dir",      "div",     "dl",       "dt",         "embed",
    "fieldset", "figcaption", "figure",   "footer",   "form",    "frame",    "frameset",   "h1",
    "h2",       "h3",         "h4",       "h5",       "h6",      "head",     "header",     "hgroup",
    "hr",       "html",       "iframe",   "legend",   "li",      "link",     "listing",    "main",
    "map",      "menu",       "meta",     "nav",      "noembed", "noframes", "noscript",   "object",
    "ol",       "optgroup",   "option",   "p",        "param",   "picture",  "plaintext",  "pre",
    "script",   "search",     "section",  "select",   "source",  "style",    "summary",    "table",
    "tbody",    "td",         "template", "textarea", "tfoot",   "th",       "thead",      "title",
    "tr",       "track",      "ul",       "video",    "xmp"};

// Elements whose contents are not words, even if nobody says so. Sorted.
constexpr std::array<std::string_view, 7> never_translated{"code", "kbd", "math", "samp", "svg", "tt", "var"};

bool shows_lines(const MarkupToken& token) {
  return token.kind != MarkupKind::empty && (token.name == "pre" || token.name == "textarea");
}

/// What a token is to the block that it stands in.
enum class Role { text, open, close, marker, untranslated, within, boundary };

/// Tokens with their roles.
class Outline {
 public:
  Outline(const std::vector<MarkupToken>& tokens, MarkupDialect dialect)
      : tokens_(tokens),
        html_(dialect == MarkupDialect::html),
        roles_(tokens.size(), Role::text),
        ends_(tokens.size(), std::string_view::npos) {
    match_by_name();
    if (!html_) find_inline_elements();
    for (std::size_t i = 0; i < tokens_.size(); ++i) i = assign(i);
    for (const Open& open : stack_) roles_[open.token] = Role::boundary;
  }

  Role role(std::size_t token) const { return roles_[token]; }
  /// Of an untranslated element, its last token.
  std::size_t end(std::size_t token) const { return ends_[token]; }

 private:
  struct Open {
    std::size_t token;
    bool broken = false;  // it encloses the end of a block
  };

  /// The closing tag of each opening one, by the name alone.
  void match_by_name() {
    std::unordered_map<std::string_view, std::vector<std::size_t>> open;
    closes_.assign(tokens_.size(), std::string_view::npos);
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      const MarkupToken& token = tokens_[i];
      if (token.kind == MarkupKind::open) open[token.name].push_back(i);
      if (token.kind != MarkupKind::close) continue;
      auto& same = open[token.name];
      if (same.empty()) continue;
      closes_[same.back()] = i;
      same.pop_back();
    }
  }

  /// In XML no name says what is part of a sentence: an element is where it stands beside text.
  void find_inline_elements() {
    std::vector<std::size_t> parents{std::string_view::npos},
        parent_of(tokens_.size(), std::string_view::npos);
    std::vector<bool> has_text(tokens_.size() + 1, false);
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      const MarkupToken& token = tokens_[i];
      if (token.kind == MarkupKind::close && parents.size() > 1 &&
          tokens_[parents.back()].name == token.name) {
        parent_of[i] = parent_of[parents.back()];
        parents.pop_back();
        continue;
      }
      parent_of[i] = parents.back();
      const bool blank = std::all_of(token.raw.begin(), token.raw.end(), is_ascii_space);
      if (token.kind == MarkupKind::text && !blank) has_text[parents.back() + 1] = true;
      if (token.kind == MarkupKind::open) parents.push_back(i);
    }
    inline_.assign(tokens_.size(), false);
    for (std::size_t i = 0; i < tokens_.size(); ++i) inline_[i] = has_text[parent_of[i] + 1];
  }

  bool is_block(std::size_t i) const {
    const MarkupToken& token = tokens_[i];
    if (token.kind == MarkupKind::text) return false;
    if (!html_) return token.kind == MarkupKind::verbatim ? token.raw.starts_with("<?") : !inline_[i];
    if (token.kind == MarkupKind::verbatim) return !token.raw.starts_with("<!--");
    return is_among(token.name, block_elements);
  }

  void end_block(std::size_t i) {
    roles_[i] = Role::boundary;
    if (!stack_.empty()) stack_.back().broken = true;
  }

  /// Assigns the role of a token; the last one that has one now.
  std::size_t assign(std::size_t i) {
    const MarkupToken& token = tokens_[i];
    if (token.kind == MarkupKind::text) return i;
    if (token.kind == MarkupKind::open &&
        (token.untranslated || (html_ && is_among(token.name, never_translated))))
      return leave_untranslated(i);
    if (is_block(i)) {
      end_block(i);
      if (shows_lines(token)) lines_ = std::max<Index>(lines_ + (token.kind == MarkupKind::open ? 1 : -1), 0);
    } else if (token.kind == MarkupKind::open) {
      if (stack_.size() >= deepest)
        end_block(i);
      else
        stack_.push_back({i});
    } else if (token.kind == MarkupKind::close) {
      close(i);
    } else {
      roles_[i] = Role::marker;
    }
    return i;
  }

  /// An element that is not translated, with all that is in it; where it has no end, up to the end of the
  /// block.
  std::size_t leave_untranslated(std::size_t i) {
    std::size_t end = closes_[i];
    if (end == std::string_view::npos)
      for (end = i; end + 1 < tokens_.size() && !is_block(end + 1);) ++end;
    // A line of a block that shows them has one sentence at most.
    bool block = is_block(i) || lines_ > 0;
    for (std::size_t in = i + 1; in < end && !block; ++in) block = is_block(in);
    for (std::size_t in = i; in <= end; ++in) roles_[in] = block ? Role::boundary : Role::within;
    if (block)
      end_block(i);
    else
      roles_[i] = Role::untranslated, ends_[i] = end;
    return end;
  }

  void close(std::size_t i) {
    std::size_t depth = stack_.size();
    while (depth > 0 && tokens_[stack_[depth - 1].token].name != tokens_[i].name) --depth;
    if (depth == 0) return end_block(i);
    // What opened within and did not close.
    bool broken = stack_[depth - 1].broken;
    for (; stack_.size() > depth; stack_.pop_back())
      roles_[stack_.back().token] = Role::boundary, broken = true;
    const std::size_t opened = stack_.back().token;
    stack_.pop_back();
    roles_[opened] = broken ? Role::boundary : Role::open;
    roles_[i] = broken ? Role::boundary : Role::close;
    if (broken && !stack_.empty()) stack_.back().broken = true;
  }

  const std::vector<MarkupToken>& tokens_;
  const bool html_;
  std::vector<Role> roles_;
  std::vector<std::size_t> ends_, closes_;
  std::vector<bool> inline_;
  std::vector<Open> stack_;
  Index lines_ = 0;  // elements around that show ends of lines
};

}  // namespace

class MarkupText::Parts {
 public:
  Parts(std::string_view text, MarkupDialect dialect) : text_(text), tokens_(markup_tokens(text_, dialect)) {
    const Outline outline(tokens_, dialect);
    std::size_t begin = 0;
    Index lines = 0;
    for (std::size_t i = 0; i <= tokens_.size(); ++i) {
      const bool ends = i == tokens_.size() || outline.role(i) == Role::boundary;
      if (!ends) continue;
      if (begin < i) add_segment(outline, begin, i, lines > 0);
      begin = i + 1;
      if (i == tokens_.size()) break;
      pieces_.push_back({.raw = tokens_[i].raw});
      if (shows_lines(tokens_[i]))
        lines = std::max<Index>(lines + (tokens_[i].kind == MarkupKind::open ? 1 : -1), 0);
    }
  }

  const std::vector<MarkupBlock>& blocks() const { return blocks_; }

  std::string with(const std::vector<TranslatedBlock>& translations) const {
    require<DataError>(translations.size() == blocks_.size(), "a text of ", blocks_.size(), " blocks has ",
                       translations.size(), " translations");
    std::string result;
    for (const Piece& piece : pieces_) {
      if (piece.block == std::string_view::npos || translations[piece.block].text.empty())
        result += piece.raw;
      else
        put_together(layouts_[piece.block], translations[piece.block], result);
    }
    return result;
  }

 private:
  struct Piece {
    std::string_view raw;
    std::size_t block = std::string_view::npos;
  };
  /// An element of a block: a pair of tags, or what stands by itself (no closing tag).
  struct Tag {
    InlineElement element;
    std::string_view open, close;
    bool space_before = false, space_behind = false;  // of what stands by itself
  };
  struct Layout {
    std::string_view before, behind;  // white space
    std::vector<Tag> tags;
    std::vector<std::string_view> untranslated;  // as they stand in the markup
  };

  /// A block on its way.
  struct Draft {
    MarkupBlock block;
    Layout layout;
    std::vector<std::size_t> open;  // tags

    Index here() const { return std::ssize(block.text); }
    /// Tags and references together: nobody writes such a block, and it stays as it is.
    bool too_many() const { return layout.tags.size() > 2 * most_tags; }
    Index parent() const { return open.empty() ? -1 : static_cast<Index>(open.back()); }
    void mark(std::string_view raw) {
      layout.tags.push_back({{{here(), here()}, parent()}, raw, {}, block.text.ends_with(' ')});
      for (std::size_t i = layout.tags.size() - 1; i-- > 0 && layout.tags[i].space_behind && at_here(i);)
        layout.tags.back().space_before = true;
    }
    bool at_here(std::size_t tag) const { return layout.tags[tag].element.span.begin == here(); }
    /// White space stands here, whether or not it is another one.
    void note_space() {
      for (std::size_t i = layout.tags.size(); i-- > 0 && at_here(i);) layout.tags[i].space_behind = true;
    }
  };

  void add_segment(const Outline& outline, std::size_t begin, std::size_t end, bool lines) {
    std::size_t tags = 0;
    for (std::size_t i = begin; i < end; ++i) tags += outline.role(i) == Role::text ? 0 : 1;
    if (tags <= most_tags) return add_block(outline, begin, end, lines);
    for (std::size_t i = begin; i < end; ++i) {
      if (outline.role(i) == Role::text)
        add_block(outline, i, i + 1, lines);
      else
        pieces_.push_back({.raw = tokens_[i].raw});
    }
  }

  std::string_view raw_of(std::size_t begin, std::size_t end) const {
    const char* first = tokens_[begin].raw.data();
    const std::string_view last = tokens_[end - 1].raw;
    return {first, static_cast<std::size_t>(last.data() + last.size() - first)};
  }

  void add_block(const Outline& outline, std::size_t begin, std::size_t end, bool lines) {
    Draft draft;
    draft.block.lines = lines;
    for (std::size_t i = begin; i < end; ++i) {
      const std::string_view raw = tokens_[i].raw;
      switch (outline.role(i)) {
        case Role::text:
          add_text(draft, raw);
          break;
        case Role::marker:
          draft.mark(raw);
          break;
        case Role::open:
          draft.mark(raw);
          draft.open.push_back(draft.layout.tags.size() - 1);
          break;
        case Role::close: {
          Tag& tag = draft.layout.tags[draft.open.back()];
          tag.element.span.end = draft.here();
          tag.close = raw;
          draft.open.pop_back();
          break;
        }
        case Role::untranslated: {
          add_untranslated(draft, i, outline.end(i));
          i = outline.end(i);
          break;
        }
        case Role::within:
        case Role::boundary:
          break;
      }
    }
    const std::string_view raw = raw_of(begin, end);
    if (draft.too_many() || !has_letters(translated_part(draft.block)))
      return pieces_.push_back({.raw = raw});
    if (!lines) move_space_out(draft, tokens_[begin], tokens_[end - 1]);
    pieces_.push_back({.raw = raw, .block = blocks_.size()});
    blocks_.push_back(std::move(draft.block));
    layouts_.push_back(std::move(draft.layout));
  }

  static std::string translated_part(const MarkupBlock& block) {
    std::string part;
    std::size_t at = 0;
    for (const TextSpan& span : block.untranslated) {
      part += std::string_view(block.text).substr(at, static_cast<std::size_t>(span.begin) - at);
      at = static_cast<std::size_t>(span.end);
    }
    return part += std::string_view(block.text).substr(at);
  }

  static void add_character(Draft& draft, std::string_view character) {
    std::string& text = draft.block.text;
    if (!draft.block.lines && is_ascii_space(character.front())) draft.note_space();
    if (draft.block.lines || !is_ascii_space(character.front()))
      text += character;
    else if (!text.empty() && text.back() != ' ')
      text += ' ';
  }

  static void add_text(Draft& draft, std::string_view raw) {
    for (std::size_t at = 0; at < raw.size();) {
      if (const auto reference = character_reference(raw, at)) {
        add_character(draft, reference->character);
        at = reference->end;
        continue;
      }
      // A reference that heed does not know stands for something all the same.
      const std::size_t length = raw[at] == '&' ? reference_length(raw.substr(at)) : 0;
      if (length > 0 && !draft.too_many()) draft.mark(raw.substr(at, length));
      if (length == 0) add_character(draft, raw.substr(at, 1));
      at += std::max<std::size_t>(length, 1);
    }
  }

  static std::size_t reference_length(std::string_view text) {
    std::size_t end = 1;
    while (end < text.size() && end < 40 &&
           ((text[end] >= 'a' && text[end] <= 'z') || (text[end] >= 'A' && text[end] <= 'Z') ||
            (text[end] >= '0' && text[end] <= '9')))
      ++end;
    return end > 1 && end < text.size() && text[end] == ';' ? end + 1 : 0;
  }

  void add_untranslated(Draft& draft, std::size_t begin, std::size_t end) {
    std::string inside;
    for (std::size_t i = begin; i <= end; ++i) {
      if (tokens_[i].kind != MarkupKind::text) continue;
      Draft part;  // its marks are within what stands as it is
      part.block.lines = true;
      add_text(part, tokens_[i].raw);
      inside += part.block.text;
    }
    std::replace_if(inside.begin(), inside.end(), is_ascii_space, ' ');
    const std::string_view raw = raw_of(begin, end + 1), seen = trimmed(inside);
    // What nobody sees would not be found in a translation.
    if (is_blank(seen)) return draft.mark(raw);
    if (inside.front() == ' ') add_character(draft, " ");
    const Index from = draft.here();
    draft.block.text += seen;
    draft.block.untranslated.push_back({from, draft.here()});
    draft.layout.untranslated.push_back(raw);
    if (inside.back() == ' ') add_character(draft, " ");
  }

  /// White space at the ends of a block stays where it is.
  static void move_space_out(Draft& draft, const MarkupToken& first, const MarkupToken& last) {
    if (first.kind == MarkupKind::text) {
      std::size_t length = 0;
      while (length < first.raw.size() && is_ascii_space(first.raw[length])) ++length;
      draft.layout.before = first.raw.substr(0, length);
    }
    std::string& text = draft.block.text;
    if (last.kind == MarkupKind::text) {
      std::size_t begin = last.raw.size();
      while (begin > 0 && is_ascii_space(last.raw[begin - 1])) --begin;
      draft.layout.behind = last.raw.substr(begin);
    }
    if (text.ends_with(' ') &&
        (draft.block.untranslated.empty() || draft.block.untranslated.back().end < std::ssize(text)))
      text.pop_back();
    for (Tag& tag : draft.layout.tags) {
      tag.element.span.begin = std::min(tag.element.span.begin, std::ssize(text));
      tag.element.span.end = std::min(tag.element.span.end, std::ssize(text));
    }
  }

  // Putting together.

  /// What is written at a place of a translation.
  struct Node {
    TextSpan span;
    std::string_view open, close;
    bool untranslated = false;  // `open` stands for all of it
    bool space_before = false, space_behind = false;
    std::vector<std::size_t> children = {};
  };

  static std::vector<TextSpan> units_of(const TranslatedBlock& translation) {
    std::vector<TextSpan> fixed = translation.untranslated, units;
    std::erase(fixed, nowhere);
    std::sort(fixed.begin(), fixed.end(),
              [](const TextSpan& a, const TextSpan& b) { return a.begin < b.begin; });
    std::size_t next = 0;
    for (const TextSpan& unit : text_units(translation.text)) {
      for (; next < fixed.size() && fixed[next].begin < unit.end; ++next) units.push_back(fixed[next]);
      if (units.empty() || unit.begin >= units.back().end) units.push_back(unit);
    }
    return units;
  }

  static void put_together(const Layout& layout, const TranslatedBlock& translation, std::string& result) {
    std::vector<InlineElement> elements;
    for (const Tag& tag : layout.tags) elements.push_back(tag.element);
    const std::vector<TextSpan> spans =
        projected_elements(elements, units_of(translation), translation.links, std::ssize(translation.text));
    std::vector<Node> nodes;  // tags by their number, then what is untranslated
    std::vector<std::size_t> roots;
    for (std::size_t i = 0; i < spans.size(); ++i) {
      const Tag& tag = layout.tags[i];
      const bool single = tag.close.empty();
      nodes.push_back({.span = spans[i],
                       .open = tag.open,
                       .close = tag.close,
                       .space_before = single && tag.space_before,
                       .space_behind = single && tag.space_behind});
      const Index parent = elements[i].parent;
      (parent < 0 ? roots : nodes[static_cast<std::size_t>(parent)].children).push_back(i);
    }
    for (std::size_t i = 0; i < translation.untranslated.size(); ++i) {
      TextSpan span = translation.untranslated[i];
      if (span == nowhere) span.begin = span.end = std::ssize(translation.text);
      // In the innermost element that holds all of it.
      std::size_t holder = std::string_view::npos;
      for (std::size_t e = 0; e < spans.size(); ++e)
        if (spans[e].begin <= span.begin && span.end <= spans[e].end) holder = e;
      nodes.push_back({.span = span, .open = layout.untranslated[i], .close = {}, .untranslated = true});
      (holder == std::string_view::npos ? roots : nodes[holder].children).push_back(nodes.size() - 1);
    }
    result += layout.before;
    write(nodes, std::move(roots), translation.text, {0, std::ssize(translation.text)}, result);
    result += layout.behind;
  }

  static void write(const std::vector<Node>& nodes, std::vector<std::size_t> children,
                    const std::string& text, TextSpan span, std::string& result) {
    std::stable_sort(children.begin(), children.end(), [&](std::size_t a, std::size_t b) {
      const auto rank = [&](std::size_t n) {
        return std::pair{nodes[n].span.begin, nodes[n].span.begin < nodes[n].span.end};
      };
      return rank(a) < rank(b);
    });
    Index at = span.begin;
    const auto write_up_to = [&](Index end) {
      if (end > at)
        result += escaped_markup(
            std::string_view(text).substr(static_cast<std::size_t>(at), static_cast<std::size_t>(end - at)));
      at = std::max(at, end);
    };
    for (const std::size_t child : children) {
      const Node& node = nodes[child];
      write_up_to(node.span.begin);
      if (node.space_before && at > 0 && !is_ascii_space(result.back())) result += ' ';
      result += node.open;
      if (!node.untranslated && !node.close.empty()) write(nodes, node.children, text, node.span, result);
      result += node.close;
      at = std::max(at, node.span.end);
      const auto next = static_cast<std::size_t>(at);
      if (node.space_behind && next < text.size() && !is_ascii_space(text[next])) result += ' ';
    }
    write_up_to(span.end);
  }

  const std::string text_;
  const std::vector<MarkupToken> tokens_;  // of that text
  std::vector<Piece> pieces_;
  std::vector<MarkupBlock> blocks_;
  std::vector<Layout> layouts_;
};

MarkupText::MarkupText(std::string_view text, MarkupDialect dialect)
    : parts_(std::make_unique<Parts>(text, dialect)) {}
MarkupText::~MarkupText() = default;
MarkupText::MarkupText(MarkupText&&) noexcept = default;
MarkupText& MarkupText::operator=(MarkupText&&) noexcept = default;

const std::vector<MarkupBlock>& MarkupText::blocks() const { return parts_->blocks(); }

std::string MarkupText::with(const std::vector<TranslatedBlock>& translations) const {
  return parts_->with(translations);
}

}  // namespace heed
