#include "heed/corpus/table_reader.h"
#include "tests/fuzz/read_pairs.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t count) {
  heed::read_pairs<heed::TableReader>(bytes, count, {});
  heed::read_pairs<heed::TableReader>(bytes, count,
                                      {.skip_invalid = true, .source_column = 3, .target_column = 1});
  return 0;
}
