#include <cstdlib>
#include <span>

#include "heed/base/error.h"
#include "heed/images/png.h"

/// Limits are those of a small image: what is tried is the file, not the machine.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t count) {
  try {
    const heed::Image image =
        heed::decode_png(std::as_bytes(std::span(bytes, count)), "made-up", {.pixels = 1 << 20});
    if (heed::decode_png(std::as_bytes(std::span(heed::encode_png(image))), "written") != image) std::abort();
  } catch (const heed::Error&) {
  }
  return 0;
}
