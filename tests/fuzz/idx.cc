#include "heed/images/idx.h"

#include <cstdlib>

#include "heed/base/error.h"
#include "tests/fuzz/memory_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t count) {
  const heed::MemoryFile memory(bytes, count);
  try {
    const heed::IdxArray array = heed::read_idx(memory.path());
    if (array.sizes.size() >= 3 && array.sizes.front() > 0) heed::image_of(array, array.sizes.front() - 1);
  } catch (const heed::Error&) {
  }
  return 0;
}
