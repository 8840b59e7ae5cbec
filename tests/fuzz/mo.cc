#include "heed/corpus/formats/mo_reader.h"

#include "tests/fuzz/read_pairs.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t count) {
  heed::read_pairs_both_ways<heed::MoReader>(bytes, count);
  return 0;
}
