#include "heed/corpus/formats/ts_reader.h"

#include "tests/fuzz/read_pairs.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t count) {
  heed::read_pairs_both_ways<heed::TsReader>(bytes, count);
  return 0;
}
