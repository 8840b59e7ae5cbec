#include "heed/io/whole_text.h"

#include "heed/io/text_source.h"
#include "heed/text/unicode.h"

namespace heed {

std::string read_whole_text(const std::filesystem::path& path) {
  TextSource source(path);
  std::string text;
  while (source.append_to(text)) {
  }
  require_utf8(text, source.name());
  return text;
}

}  // namespace heed
