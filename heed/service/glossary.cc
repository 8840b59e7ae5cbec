#include "heed/service/glossary.h"

#include <algorithm>

#include "heed/base/error.h"
#include "heed/io/table_rows.h"
#include "heed/text/token_texts.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

/// Whether a phrase stands in a text as whole words at this place.
bool stands_alone(std::string_view text, std::string_view phrase, std::size_t at) {
  const bool goes_on_before = ends_with_word(text.substr(0, at)) && begins_with_word(phrase);
  const bool goes_on_after = begins_with_word(text.substr(at + phrase.size())) && ends_with_word(phrase);
  return !goes_on_before && !goes_on_after;
}

}  // namespace

Glossary::Glossary(std::vector<GlossaryEntry> entries) : entries_(std::move(entries)) {
  for (const GlossaryEntry& entry : entries_)
    require<DataError>(shows_something(entry.source) && shows_something(entry.target), "glossary: '",
                       printable(entry.source), "' is to become '", printable(entry.target),
                       "'; both must show something");
  std::ranges::stable_sort(entries_, [](const GlossaryEntry& a, const GlossaryEntry& b) {
    return a.source.size() != b.source.size() ? a.source.size() > b.source.size() : a.source < b.source;
  });
  const auto twice = std::ranges::adjacent_find(entries_, {}, &GlossaryEntry::source);
  require<DataError>(twice == entries_.end(), "glossary: '",
                     twice == entries_.end() ? "" : printable(twice->source),
                     "' stands there twice; keep one of its translations");
}

Glossary Glossary::open(const std::filesystem::path& path) {
  TableRows rows(path, {});
  if (!rows.dialect()) rows.assume({});
  std::vector<GlossaryEntry> entries;
  TableRow row;
  while (rows.next(row)) {
    if (row.blank) continue;
    require_utf8(row.text, rows.where());
    require<DataError>(row.problem.empty() && row.cells().size() == 2, rows.where(), ": ",
                       row.problem.empty() ? message("a row of ", row.cells().size(), " cells") : row.problem,
                       "; a glossary has two columns: a term and its translation");
    entries.push_back({std::string(trimmed(row.cells()[0])), std::string(trimmed(row.cells()[1]))});
    require<DataError>(!entries.back().source.empty() && !entries.back().target.empty(), rows.where(),
                       ": an empty cell; a glossary has two columns: a term and its translation");
  }
  require<DataError>(!entries.empty(), path.string(), ": a glossary without entries");
  try {
    return Glossary(std::move(entries));
  } catch (const DataError& error) {
    throw DataError(message(path.string(), ": ", error.what()));
  }
}

std::vector<GlossaryEntry> Glossary::found_in(std::string_view text) const {
  std::vector<GlossaryEntry> found;
  std::vector<bool> taken(text.size(), false);
  for (const GlossaryEntry& entry : entries_) {
    bool here = false;
    for (std::size_t at = text.find(entry.source); at != text.npos; at = text.find(entry.source, at + 1)) {
      const auto begin = taken.begin() + static_cast<std::ptrdiff_t>(at);
      const auto end = begin + std::ssize(entry.source);
      if (!stands_alone(text, entry.source, at) || std::find(begin, end, true) != end) continue;
      std::fill(begin, end, true);
      here = true;
    }
    if (here) found.push_back(entry);
  }
  return found;
}

}  // namespace heed
