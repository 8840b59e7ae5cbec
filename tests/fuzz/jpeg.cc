#include <cstdlib>
#include <span>

#include "heed/base/error.h"
#include "heed/images/jpeg.h"

/// Limits are those of a small image: what is tried is the file, not the machine.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t count) {
  try {
    const heed::Image image =
        heed::decode_jpeg(std::as_bytes(std::span(bytes, count)), "made-up", {.pixels = 1 << 20});
    if (image.samples.size() != static_cast<std::size_t>(image.width * image.height * image.channels))
      std::abort();
  } catch (const heed::Error&) {
  }
  return 0;
}
