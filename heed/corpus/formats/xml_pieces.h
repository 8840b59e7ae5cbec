#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "heed/base/index.h"
#include "heed/io/text_source.h"

namespace heed {

/// A part of an XML document. What it points at is valid until the next one is read.
struct XmlPiece {
  enum class Kind { start, end, element };

  Kind kind = Kind::start;
  std::string_view name;  // without its prefix
  std::string_view text;  // of a start tag: the tag; of an element: all of it, its start and end tags too
  Index line = 0;         // where it begins, from 1
  std::string problem;    // FILE:LINE and what is wrong with it or before it; empty if nothing is
};

/// Cuts an XML document into start tags, end tags and the elements that hold its entries, which are given out
/// whole, so that no more than one of them lies in memory. The document need not be trusted: entities that it
/// defines, external ones among them, are refused and never looked up, as are elements nested deeper than 200
/// and entries of more than 16 MiB. DataError "FILE:LINE: ..." for these and for what is not well-formed. An
/// entry that is not is given out with its problem, and what follows it can be read.
class XmlPieces {
 public:
  /// `entries`: the names of the elements to give out whole.
  XmlPieces(const std::filesystem::path& path, std::vector<std::string_view> entries);

  /// False after the root's end.
  bool next(XmlPiece& piece);
  const std::string& name() const { return source_.name(); }

 private:
  /// A tag, by where it lies in the buffer.
  struct Tag {
    bool end = false, empty = false;
    std::size_t begin = 0, after = 0;
  };

  struct Damage;

  void read_entry(const Tag& first, std::size_t outside, XmlPiece& piece);
  void skip_entry(const Tag& first);
  bool read_tag(Tag& tag);
  void follow(const Tag& tag);
  void skip_doctype();
  void check_references(std::string_view text, std::size_t at);
  std::size_t find(std::string_view what, std::size_t from, std::string_view within);
  std::string_view text_of(const Tag& tag) const;
  bool fill();
  Index line_at(std::size_t place);
  [[noreturn]] void refuse(std::size_t place, const std::string& why);
  /// The same for what may be wrong with one entry alone.
  [[noreturn]] void report_damage(std::size_t place, const std::string& why);

  TextSource source_;
  std::vector<std::string_view> entries_;
  std::string buffer_;
  std::size_t at_ = 0;       // what is before it has been read
  std::size_t kept_ = 0;     // where the piece begins that is being read
  std::size_t counted_ = 0;  // up to where line_ counts
  Index line_ = 1;
  std::string names_;              // of the elements that are open, one after the other
  std::vector<std::size_t> open_;  // where each name begins
  bool seen_root_ = false, give_end_ = false, within_entry_ = false;
  std::string problem_;  // outside of entries, not given out yet
};

}  // namespace heed
