#include "heed/io/text_source.h"

#include <algorithm>
#include <string_view>

#include "heed/base/error.h"
#include "heed/io/not_text.h"

namespace heed {
namespace {

using namespace std::string_view_literals;

// Longer XML declarations are not looked for.
constexpr std::size_t declaration_limit = 1024;

/// The value of encoding="..." in an XML declaration; empty if there is none.
std::string declared_encoding(std::string_view beginning) {
  if (!beginning.starts_with("<?xml")) return {};
  const std::string_view declaration = beginning.substr(0, beginning.find("?>"));
  std::size_t at = declaration.find("encoding");
  if (at == declaration.npos) return {};
  at = declaration.find_first_of("\"'", at);
  if (at == declaration.npos) return {};
  const std::size_t end = declaration.find(declaration[at], at + 1);
  return end == declaration.npos ? std::string() : std::string(declaration.substr(at + 1, end - at - 1));
}

}  // namespace

TextSource::TextSource(const std::filesystem::path& path, Kind kind) : kind_(kind), file_(path) {}

bool TextSource::append_to(std::string& text) {
  if (finished_) return false;
  if (!bytes_) bytes_ = decompression_of(file_);
  if (!beginning_ && !decoder_) return bytes_->append_to(text, file_);
  const std::size_t before = text.size();
  finished_ = !bytes_->append_to(raw_, file_);
  if (beginning_) {
    if (!finished_ && !knows_beginning()) return true;
    begin();
  }
  if (decoder_)
    decoder_->decode(raw_, finished_, text);
  else
    text += raw_;
  raw_.clear();
  return !finished_ || text.size() > before;
}

bool TextSource::knows_beginning() const {
  if (kind_ == Kind::xml) return raw_.find("?>") != raw_.npos || raw_.size() >= declaration_limit;
  // A line that is shorter than the marks is waited for no longer: somebody may be typing.
  return raw_.size() >= 4 || raw_.find('\n') != raw_.npos;
}

void TextSource::begin() {
  beginning_ = false;
  std::string charset;
  if (raw_.starts_with("\xEF\xBB\xBF")) {
    raw_.erase(0, 3);
  } else if (raw_.starts_with("\xFF\xFE\0\0"sv) || raw_.starts_with("\0\0\xFE\xFF"sv)) {
    charset = "UTF-32";
  } else if (raw_.starts_with("\xFF\xFE") || raw_.starts_with("\xFE\xFF")) {
    charset = "UTF-16";
  } else if (kind_ == Kind::xml && raw_.starts_with("<\0"sv)) {
    charset = "UTF-16LE";
  } else if (kind_ == Kind::xml && raw_.starts_with("\0<"sv)) {
    charset = "UTF-16BE";
  } else if (kind_ == Kind::xml) {
    charset = declared_encoding(raw_);
    // What can be read so far is no UTF-16, whatever it says: it was converted, and its declaration
    // forgotten.
    if (charset.starts_with("UTF-16") || charset.starts_with("utf-16")) charset.clear();
    if (charset.empty()) require_text(raw_, name());
  } else {
    require_text(raw_, name());
  }
  if (!charset.empty() && !is_utf8_name(charset))
    decoder_ = std::make_unique<CharsetDecoder>(charset, name());
}

}  // namespace heed
