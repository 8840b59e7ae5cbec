#include "heed/corpus/formats/xml_pieces.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "heed/base/error.h"
#include "heed/corpus/formats/xml_names.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

constexpr std::size_t largest_piece = 16 << 20;  // bytes
constexpr std::size_t deepest_element = 200;     // elements

std::string_view tag_name(std::string_view tag) {
  tag.remove_prefix(tag.starts_with("</") ? 2 : 1);
  return tag.substr(0, tag.find_first_of(" \t\r\n/>"));
}

bool starts_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':' || (c & '\x80') != 0;
}

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// Whether a character matters within a tag.
bool ends_or_quotes(char c) { return c == '"' || c == '\'' || c == '<' || c == '>'; }

/// Whether "#38" or "#x26" names a character that XML allows.
bool names_character(std::string_view reference) {
  reference.remove_prefix(1);
  const bool hexadecimal = reference.starts_with('x');
  if (hexadecimal) reference.remove_prefix(1);
  std::uint32_t code = 0;
  const char* const end = reference.data() + reference.size();
  const auto [stopped, failed] = std::from_chars(reference.data(), end, code, hexadecimal ? 16 : 10);
  if (failed != std::errc() || stopped != end) return false;
  return code == 0x9 || code == 0xA || code == 0xD || (code >= 0x20 && code < 0xD800) ||
         (code >= 0xE000 && code < 0xFFFE) || (code >= 0x10000 && code < 0x110000);
}

}  // namespace

/// What may be wrong with one entry alone.
struct XmlPieces::Damage : DataError {
  using DataError::DataError;
};

XmlPieces::XmlPieces(const std::filesystem::path& path, std::vector<std::string_view> entries)
    : source_(path, TextSource::Kind::xml), entries_(std::move(entries)) {}

bool XmlPieces::next(XmlPiece& piece) {
  if (std::exchange(give_end_, false)) {  // of an empty element that was given out as a start tag
    piece.kind = XmlPiece::Kind::end;
    piece.problem.clear();
    return true;
  }
  if (at_ > buffer_.size() / 2) {
    line_at(at_);
    buffer_.erase(0, at_);
    counted_ = at_ = 0;
  }
  kept_ = at_;
  Tag tag;
  if (!read_tag(tag)) {
    if (!open_.empty())
      refuse(at_, message("the file ends within <", names_.substr(open_.back()), ">; was it copied whole?"));
    if (!seen_root_) refuse(at_, "there is no XML element in it; is it the right file?");
    return false;
  }
  piece.line = line_at(tag.begin);
  piece.problem = std::exchange(problem_, {});
  if (tag.end) {
    follow(tag);
    piece.kind = XmlPiece::Kind::end;
    piece.name = without_prefix(tag_name(text_of(tag)));
    piece.text = {};
    return true;
  }
  if (seen_root_ && open_.empty()) refuse(tag.begin, "a second root element");
  seen_root_ = true;
  const std::size_t outside = open_.size();
  follow(tag);
  const std::string_view name = without_prefix(tag_name(text_of(tag)));
  if (std::find(entries_.begin(), entries_.end(), name) == entries_.end()) {
    give_end_ = tag.empty;
    piece.kind = XmlPiece::Kind::start;
    piece.name = name;
    piece.text = text_of(tag);
    return true;
  }
  read_entry(tag, outside, piece);
  return true;
}

/// The rest of an entry whose start tag was read; `outside`: the number of elements around it.
void XmlPieces::read_entry(const Tag& first, std::size_t outside, XmlPiece& piece) {
  kept_ = first.begin;
  const std::size_t names = outside < open_.size() ? open_[outside] : names_.size();
  within_entry_ = true;
  try {
    for (Tag tag; open_.size() > outside; follow(tag))
      if (!read_tag(tag)) refuse(first.begin, "the file ends within this entry; was it copied whole?");
  } catch (const Damage& damage) {
    if (piece.problem.empty()) piece.problem = damage.what();
    open_.resize(outside);
    names_.resize(names);
    skip_entry(first);
  }
  within_entry_ = false;
  piece.kind = XmlPiece::Kind::element;
  piece.name = without_prefix(tag_name(text_of(first)));
  piece.text = std::string_view(buffer_).substr(first.begin, at_ - first.begin);
}

/// Goes behind the end tag of a damaged entry, or to the start tag of the next one where that comes first.
void XmlPieces::skip_entry(const Tag& first) {
  const std::string name(tag_name(text_of(first)));
  for (std::size_t at = first.after;; ++at) {
    at = find("<", at, "this entry");
    while (buffer_.size() - at < name.size() + 3 && fill()) {
    }
    const std::string_view rest = std::string_view(buffer_).substr(at);
    const bool end = rest.starts_with("</");
    const std::string_view found = tag_name(rest);
    if (found != name) continue;
    at_ = end ? find(">", at, "this entry") + 1 : at;
    return;
  }
}

/// Goes on to the next tag, past text, comments and the like; false at the end of the file.
bool XmlPieces::read_tag(Tag& tag) {
  for (;;) {
    std::size_t begin, seen = at_;
    while ((begin = buffer_.find('<', seen)) == buffer_.npos) {
      seen = buffer_.size();
      if (!fill()) return false;
    }
    check_references(std::string_view(buffer_).substr(at_, begin - at_), at_);
    at_ = begin;
    while (buffer_.size() - begin < 9 && fill()) {
    }
    const std::string_view rest = std::string_view(buffer_).substr(begin);
    if (rest.starts_with("<!--")) {
      at_ = find("-->", begin + 4, "a comment") + 3;
    } else if (rest.starts_with("<![CDATA[")) {
      at_ = find("]]>", begin + 9, "a CDATA section") + 3;
    } else if (rest.starts_with("<?")) {
      at_ = find("?>", begin + 2, "a processing instruction") + 2;
    } else if (rest.starts_with("<!")) {
      if (!rest.starts_with("<!DOCTYPE") || seen_root_)
        report_damage(begin, "'<!' that begins nothing known");
      skip_doctype();
    } else {
      tag.begin = begin;
      tag.end = rest.starts_with("</");
      const std::size_t name = begin + (tag.end ? 2 : 1);
      if (name >= buffer_.size() || !starts_name(buffer_[name]))
        report_damage(begin, message("'", printable(rest.substr(0, 12)), "' begins no tag; write < as &lt;"));
      std::size_t after = name;
      for (;;) {  // an attribute may hold '>'
        std::size_t quote = after;
        while (quote < buffer_.size() && !ends_or_quotes(buffer_[quote])) ++quote;
        if (quote == buffer_.size()) {
          after = quote;
          if (!fill()) refuse(begin, "the file ends within this tag; was it copied whole?");
        } else if (buffer_[quote] == '>') {
          after = quote + 1;
          break;
        } else if (buffer_[quote] == '<') {
          report_damage(begin, "'<' within a tag; does it lack its '>'?");
        } else {
          const char mark[2] = {buffer_[quote], '\0'};
          after = find(mark, quote + 1, "an attribute") + 1;
          check_references(std::string_view(buffer_).substr(quote, after - quote), quote);
        }
      }
      tag.after = at_ = after;
      tag.empty = !tag.end && buffer_[after - 2] == '/';
      return true;
    }
  }
}

/// Opens and closes the elements that a tag does.
void XmlPieces::follow(const Tag& tag) {
  const std::string_view name = tag_name(text_of(tag));
  if (tag.end) {
    if (open_.empty()) report_damage(tag.begin, message("</", printable(name), "> ends nothing"));
    const std::string_view inner = std::string_view(names_).substr(open_.back());
    if (name != inner)
      report_damage(tag.begin, message("</", printable(name), "> where </", printable(inner), "> is due"));
    names_.resize(open_.back());
    open_.pop_back();
    return;
  }
  if (tag.empty) return;
  if (open_.size() >= deepest_element)
    refuse(tag.begin, message("elements nested deeper than ", deepest_element));
  open_.push_back(names_.size());
  names_ += name;
}

/// A document type may say where its description is, which is not looked at; entities of its own are refused:
/// a few lines of them can stand for more text than any memory holds, or for the files of this machine.
void XmlPieces::skip_doctype() {
  const std::size_t begin = at_;
  Index nested = 0;  // brackets
  for (std::size_t at = begin + 2;;) {
    const std::size_t mark = buffer_.find_first_of("\"'[]<>", at);
    if (mark == buffer_.npos) {
      at = buffer_.size();
      if (!fill()) refuse(begin, "the file ends within its DOCTYPE; was it copied whole?");
      continue;
    }
    at = mark + 1;
    const char c = buffer_[mark];
    if (c == '"' || c == '\'') {
      at = find(std::string(1, c), at, "the DOCTYPE") + 1;
    } else if (c == '[') {
      ++nested;
    } else if (c == ']') {
      --nested;
    } else if (c == '<') {
      while (buffer_.size() - mark < 8 && fill()) {
      }
      if (buffer_.compare(mark, 8, "<!ENTITY") == 0)
        refuse(mark,
               "the file defines entities of its own, which are not read; write out what they stand for");
      if (buffer_.compare(mark, 4, "<!--") == 0) at = find("-->", mark + 4, "a comment") + 3;
    } else if (nested <= 0) {
      at_ = at;
      return;
    }
  }
}

void XmlPieces::check_references(std::string_view text, std::size_t at) {
  for (std::size_t begin = 0; (begin = text.find('&', begin)) != text.npos; ++begin) {
    const std::size_t end = text.substr(begin, 64).find(';');
    const std::string_view name = end == text.npos ? std::string_view() : text.substr(begin + 1, end - 1);
    if (name == "amp" || name == "lt" || name == "gt" || name == "quot" || name == "apos") continue;
    if (name.starts_with('#') && names_character(name)) continue;
    const std::string found = printable(text.substr(begin, end == text.npos ? 12 : end + 1));
    const std::string why =
        name.starts_with('#') ? message("'", found, "' stands for a character that XML forbids; leave it out")
        : !name.empty() && std::ranges::all_of(name, is_letter_or_digit)
            ? message("'", found, "' is no entity of XML; write the character itself, or & as &amp;")
            : message("'", found, "' is no reference; write & as &amp;");
    if (within_entry_) report_damage(at + begin, why);
    if (problem_.empty()) problem_ = message(this->name(), ":", line_at(at + begin), ": ", why);
  }
}

/// Where `what` stands, reading on for it.
std::size_t XmlPieces::find(std::string_view what, std::size_t from, std::string_view within) {
  for (;;) {
    const std::size_t found = buffer_.find(what, from);
    if (found != buffer_.npos) return found;
    from = std::max(from, buffer_.size() - std::min(buffer_.size(), what.size() - 1));
    if (!fill()) refuse(at_, message("the file ends within ", within, "; was it copied whole?"));
  }
}

std::string_view XmlPieces::text_of(const Tag& tag) const {
  return std::string_view(buffer_).substr(tag.begin, tag.after - tag.begin);
}

bool XmlPieces::fill() {
  if (buffer_.size() - kept_ > largest_piece)
    refuse(kept_, message("more than ", largest_piece >> 20, " MiB without an end of what begins here"));
  return source_.append_to(buffer_);
}

Index XmlPieces::line_at(std::size_t place) {
  if (place >= counted_) {
    line_ += std::count(buffer_.begin() + static_cast<std::ptrdiff_t>(counted_),
                        buffer_.begin() + static_cast<std::ptrdiff_t>(place), '\n');
    counted_ = place;
    return line_;
  }
  return line_ - std::count(buffer_.begin() + static_cast<std::ptrdiff_t>(place),
                            buffer_.begin() + static_cast<std::ptrdiff_t>(counted_), '\n');
}

void XmlPieces::refuse(std::size_t place, const std::string& why) {
  throw DataError(message(name(), ":", line_at(place), ": ", why));
}

void XmlPieces::report_damage(std::size_t place, const std::string& why) {
  throw Damage(message(name(), ":", line_at(place), ": ", why));
}

}  // namespace heed
