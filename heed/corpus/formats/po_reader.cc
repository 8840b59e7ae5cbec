#include "heed/corpus/formats/po_reader.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <utility>

#include "heed/base/error.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

constexpr std::size_t largest_entry = 16 << 20;  // bytes

bool is_octal(char c) { return c >= '0' && c <= '7'; }

/// What the text between quotes stands for; false if a quote or a backslash stands wrong.
bool unescape(std::string_view quoted, std::string& text) {
  if (quoted.find('\\') == quoted.npos && quoted.find('"') == quoted.npos) {
    text += quoted;  // as nearly all are
    return true;
  }
  for (std::size_t i = 0; i < quoted.size(); ++i) {
    if (quoted[i] == '"') return false;
    if (quoted[i] != '\\') {
      text += quoted[i];
      continue;
    }
    if (++i == quoted.size()) return false;
    constexpr std::string_view letters = "nrtabfv\\\"'?", meanings = "\n\r\t\a\b\f\v\\\"'?";
    if (const std::size_t which = letters.find(quoted[i]); which != letters.npos) {
      text += meanings[which];
      continue;
    }
    const bool hexadecimal = quoted[i] == 'x';
    const std::string_view digits = quoted.substr(hexadecimal ? i + 1 : i);
    std::size_t count = 0;
    while (count < digits.size() && count < (hexadecimal ? 2u : 3u) &&
           (hexadecimal ? std::isxdigit(static_cast<unsigned char>(digits[count])) != 0
                        : is_octal(digits[count])))
      ++count;
    unsigned code = 0;
    std::from_chars(digits.data(), digits.data() + count, code, hexadecimal ? 16 : 8);
    if (count == 0 || code > 255) return false;
    text += static_cast<char>(code);
    i += count - (hexadecimal ? 0 : 1);
  }
  return true;
}

/// Whether a flag stands in a list such as "c-format, fuzzy".
bool has_flag(std::string_view flags, std::string_view wanted) {
  while (!flags.empty()) {
    const std::string_view flag = flags.substr(0, flags.find(','));
    if (trimmed(flag) == wanted) return true;
    flags.remove_prefix(std::min(flag.size() + 1, flags.size()));
  }
  return false;
}

}  // namespace

PoReader::PoReader(const TranslationFile& file, const ReadOptions& options, ReadReport& report)
    : CatalogReader(file, options, report), lines_(file.path) {}

bool PoReader::read_line() {
  if (std::exchange(waiting_, false)) return true;
  auto next = lines_.next();
  if (!next) return false;
  // Before it is taken apart: in some charsets a backslash may be the second byte of a character.
  line_ = is_utf8() ? std::string(trimmed(*next)) : decoded(trimmed(*next), lines_.where());
  return true;
}

bool PoReader::read_entry() {
  Entry entry;
  part_ = Part::none;
  size_ = 0;
  while (read_line()) {
    if (begins_entry(line_, entry)) {
      waiting_ = true;
      break;
    }
    std::string_view line = line_;
    if (line.starts_with("#~")) {
      entry.obsolete = true;
      line = trimmed(line.substr(2));
      if (line.starts_with('|')) continue;  // what the key was before
    } else if (line.starts_with("#,")) {
      if (has_flag(line.substr(2), "fuzzy")) entry.fuzzy = true;
      continue;
    } else if (line.starts_with('#')) {
      continue;
    }
    if (line.empty()) continue;
    if (line.starts_with('"'))
      read_string(line, entry);
    else
      read_keyword(line, entry);
  }
  if (!entry.has_id) {
    require<EntryError>(part_ == Part::none, place(lines_.line()), ": a msgctxt without its msgid");
    return false;
  }
  finish(std::move(entry));
  return true;
}

/// Goes to the next line that begins an entry.
void PoReader::recover() {
  while (!waiting_) {
    try {
      if (!read_line()) return;
    } catch (const EntryError&) {
      continue;  // a line in no sound charset, of the same entry
    }
    if (line_.empty()) return;
    waiting_ = line_.starts_with('#') || line_.starts_with("msgctxt") ||
               (line_.starts_with("msgid") && !line_.starts_with("msgid_plural"));
  }
}

/// Whether a line belongs to the entry that follows: all comes in the order context, text, translations.
bool PoReader::begins_entry(std::string_view line, const Entry& entry) const {
  if (!entry.has_translation) return false;
  if (line.starts_with("#~")) {
    const std::string_view rest = trimmed(line.substr(2));
    return !entry.obsolete || rest.starts_with("msgid ") || rest.starts_with("msgctxt") ||
           rest.starts_with('|');
  }
  // What belongs nowhere must not take the entry before it along.
  return !line.empty() && !line.starts_with('"') && !line.starts_with("msgstr");
}

void PoReader::read_keyword(std::string_view line, Entry& entry) {
  const std::size_t quote = line.find('"');
  const std::string_view keyword = trimmed(line.substr(0, quote));
  if (keyword == "msgctxt" && !entry.has_id) {
    part_ = Part::context;
    entry.has_context = true;
  } else if (keyword == "msgid" && !entry.has_id) {
    part_ = Part::id;
    entry.has_id = true;
    entry.line = lines_.line();
  } else if (keyword == "msgid_plural" && entry.has_id && !entry.has_translation) {
    part_ = Part::plural;
  } else if (keyword.starts_with("msgstr") && entry.has_id) {
    std::size_t form = 0;
    if (keyword != "msgstr") {
      const std::string_view number = keyword.substr(std::min<std::size_t>(7, keyword.size()));
      const auto [end, failed] = std::from_chars(number.data(), number.data() + number.size(), form);
      require<EntryError>(keyword.starts_with("msgstr[") && failed == std::errc() &&
                              end != number.data() + number.size() && *end == ']' &&
                              form == entry.translations.size() && form < 100,
                          lines_.where(), ": '", printable(keyword), "' where msgstr[",
                          entry.translations.size(), "] is due");
    }
    if (form != entry.translations.size())
      throw EntryError(message(lines_.where(), ": a second msgstr of one msgid"));
    part_ = Part::translation;
    entry.has_translation = true;
    entry.translations.emplace_back();
  } else {
    waiting_ = entry.has_id && (keyword == "msgid" || keyword == "msgctxt");  // for it begins the next entry
    throw EntryError(message(lines_.where(), ": '", printable(line),
                             "' where a comment, msgctxt, msgid or msgstr is due; is it a PO file?"));
  }
  if (quote == line.npos)
    throw EntryError(message(lines_.where(), ": ", keyword, " without a text in quotes"));
  read_string(line.substr(quote), entry);
}

void PoReader::read_string(std::string_view quoted, Entry& entry) {
  std::string text;
  // Written out, for every line comes here: the message is only made where there is something to say.
  if (quoted.size() < 2 || !quoted.ends_with('"') || !unescape(quoted.substr(1, quoted.size() - 2), text))
    throw EntryError(
        message(lines_.where(), ": '", printable(quoted), "' is no text in quotes as C writes it"));
  size_ += text.size();
  if (size_ > largest_entry)
    throw EntryError(message(lines_.where(), ": an entry of more than ", largest_entry >> 20, " MiB"));
  switch (part_) {
    case Part::none:
      throw EntryError(message(lines_.where(), ": a text that belongs to no msgid"));
    case Part::context:
      break;
    case Part::id:
      entry.id += text;
      break;
    case Part::plural:
      entry.plural += text;
      break;
    case Part::translation:
      entry.translations.back() += text;
  }
}

void PoReader::finish(Entry entry) {
  const std::string where = place(entry.line);
  require<EntryError>(entry.has_translation, where,
                      ": a msgid without its msgstr; was the file copied whole?");
  if (entry.id.empty() && entry.plural.empty() && !entry.has_context && !entry.obsolete) {
    read_header(entry.translations.front(), where);
  } else if (entry.obsolete && !options().any_status) {
    skip(&ReadReport::obsolete, pairs_of(entry.plural, entry.translations));
  } else if (entry.fuzzy && !options().any_status) {
    skip(&ReadReport::fuzzy, pairs_of(entry.plural, entry.translations));
  } else {
    offer_texts(std::move(entry.id), std::move(entry.plural), std::move(entry.translations), where);
  }
}

}  // namespace heed
