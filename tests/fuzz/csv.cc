#include "heed/corpus/labeled/labeled_text.h"
#include "heed/corpus/table_reader.h"
#include "tests/fuzz/read_pairs.h"

namespace heed {
namespace {

/// Labeled texts have a label, are UTF-8 and on one line where cells in quotes are taken for such.
void read_labels(const std::uint8_t* bytes, std::size_t count, const LabelReading& reading) {
  const MemoryFile file(bytes, count);
  try {
    const std::filesystem::path files[] = {file.path()};
    for (const auto& [label, text] : read_labeled(files, reading)) {
      require_sentence(label);
      if (first_invalid_utf8(text) || text.find('\n') != text.npos) std::abort();
    }
  } catch (const Error&) {
  }
}

}  // namespace
}  // namespace heed

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t count) {
  using namespace heed;
  read_pairs<TableReader>(bytes, count,
                          {.skip_invalid = true, .source_language = "en", .target_language = "de"});
  for (const Separator separator : {Separator::tab, Separator::comma, Separator::semicolon})
    read_pairs<TableReader>(bytes, count,
                            {.skip_invalid = true, .separator = separator, .quotes = CellQuotes::yes});
  read_labels(bytes, count, {});
  read_labels(bytes, count,
              {.format = LabelFormat::csv, .separator = Separator::comma, .header = HeaderRow::yes});
  read_labels(bytes, count, {.text_column = 1, .encoding = TextEncoding::latin1});
  return 0;
}
