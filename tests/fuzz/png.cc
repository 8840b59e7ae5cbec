#include <cstdlib>
#include <span>
#include <string>

#include "heed/base/error.h"
#include "heed/images/png.h"

/// Limits are those of a small image: what is tried is the file, not the machine.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t count) {
  try {
    const heed::Image image =
        heed::decode_png(std::as_bytes(std::span(bytes, count)), "made-up", {.pixels = 1 << 20});
    const std::string written = heed::encode_png(image);
    if (heed::decode_png(std::as_bytes(std::span(written.data(), written.size())), "written") != image)
      std::abort();
  } catch (const heed::Error&) {
  }
  return 0;
}
