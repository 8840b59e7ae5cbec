#include "heed/corpus/formats/xml_entry_reader.h"

#include <algorithm>
#include <utility>

#include "heed/base/error.h"
#include "heed/corpus/formats/sub_flows.h"

namespace heed {

XmlEntryReader::XmlEntryReader(const std::filesystem::path& path, std::vector<std::string_view> entries,
                               const ReadOptions& options, ReadReport& report)
    : EntryReader(options, report),
      source(options.source_language),
      target(options.target_language),
      pieces_(path, std::move(entries)) {}

std::string XmlEntryReader::place() const { return pieces_.name() + ":" + std::to_string(piece_.line); }

void XmlEntryReader::offer_segment(InlineMarkup& markup, const pugi::xml_node& from, const pugi::xml_node& to,
                                   const std::function<void(TextPair)>& give) {
  markup.begin_pair();
  std::string source_text = markup.text_of(from), target_text = markup.text_of(to);
  give({std::move(source_text), std::move(target_text)});
  const SubFlows within = sub_flows_of(from, to);
  if (within.unpaired > 0) skip(&ReadReport::unpaired_sub_flows, within.unpaired);
  for (const auto& [text, translation] : within.pairs) offer_segment(markup, text, translation, give);
}

bool XmlEntryReader::read_entry() {
  if (!pieces_.next(piece_)) return false;
  if (!piece_.problem.empty()) {
    // Between entries nothing is lost by going on.
    const bool entry = piece_.kind == XmlPiece::Kind::element;
    if (entry || !options().skip_invalid) throw EntryError(piece_.problem);
    report().note(piece_.problem + "; read on");
  }
  if (piece_.kind == XmlPiece::Kind::end) {
    leave();
    return true;
  }
  std::string text(piece_.text);
  const bool tag = piece_.kind == XmlPiece::Kind::start;
  // A start tag alone is no document; an empty element is.
  if (tag && !text.ends_with("/>")) text.insert(text.size() - 1, "/");
  // Entities that a document may define are refused before; white space between tags may be text.
  const unsigned flags = (pugi::parse_default | pugi::parse_ws_pcdata) & ~pugi::parse_doctype;
  const pugi::xml_parse_result result =
      document_.load_buffer_inplace(text.data(), text.size(), flags, pugi::encoding_utf8);
  if (!result) {
    const auto lines = std::count(
        piece_.text.begin(), piece_.text.begin() + std::min(result.offset, std::ssize(piece_.text)), '\n');
    const std::string what =
        message(pieces_.name(), ":", piece_.line + lines, ": not well-formed XML: ", result.description());
    if (tag) throw DataError(what);  // for what it says holds for entries that follow
    throw EntryError(what);
  }
  tag ? meet(document_.document_element()) : read(document_.document_element());
  return true;
}

}  // namespace heed
