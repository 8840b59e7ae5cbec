#include "heed/safetensors/safetensors.h"

#include "heed/base/error.h"
#include "tests/fuzz/memory_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t count) {
  const heed::MemoryFile memory(bytes, count);
  try {
    const heed::SafetensorsFile file(memory.path());
    for (const auto& [name, entry] : file.entries()) {
      try {
        file.tensor(name);
      } catch (const heed::Error&) {
      }
    }
    file.verify();
  } catch (const heed::Error&) {
  }
  return 0;
}
