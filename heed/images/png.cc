#include "heed/images/png.h"

#include <png.h>

#include <algorithm>
#include <array>
#include <csetjmp>
#include <cstring>
#include <stdexcept>
#include <vector>

#include "heed/images/orientation.h"

namespace heed {
namespace {

constexpr std::array<std::uint8_t, 8> signature{0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

/// libpng at one file in memory. Its errors come by longjmp, past destructors: the functions that call it
/// hold none, and are called through `sound`.
class PngReader {
 public:
  PngReader(std::span<const std::byte> bytes, const ImageLimits& limits)
      : bytes_(bytes),
        png_(png_create_read_struct(PNG_LIBPNG_VER_STRING, this, fail, [](png_structp, png_const_charp) {})),
        info_(png_ ? png_create_info_struct(png_) : nullptr) {
    if (!info_) {
      png_destroy_read_struct(&png_, nullptr, nullptr);
      throw std::bad_alloc();
    }
    // Sides that ImageLimits refuses with a message of its own; what text and profiles may unpack to.
    const auto side = static_cast<png_uint_32>(std::min<Index>(limits.pixels, PNG_UINT_31_MAX));
    png_set_user_limits(png_, side, side);
    png_set_chunk_malloc_max(png_, 1 << 20);
    png_set_chunk_cache_max(png_, 100);
    png_set_read_fn(png_, this, read);
  }
  ~PngReader() { png_destroy_read_struct(&png_, &info_, nullptr); }
  PngReader(const PngReader&) = delete;
  PngReader& operator=(const PngReader&) = delete;

  /// False if libpng found something wrong: then what() says what.
  bool read_header() {
    if (setjmp(png_jmpbuf(png_)) != 0) return false;
    header();
    return true;
  }
  bool read_samples(std::uint8_t* samples, std::size_t row_bytes) {
    if (setjmp(png_jmpbuf(png_)) != 0) return false;
    rows(samples, row_bytes);
    return true;
  }
  const char* what() const { return what_.data(); }

  Index width() const { return png_get_image_width(png_, info_); }
  Index height() const { return png_get_image_height(png_, info_); }
  /// Bits of a pixel as the file stores it.
  Index bits() const { return stored_bits_; }
  /// 1 or 3, and one more for opacity.
  Index channels() const { return png_get_channels(png_, info_); }
  int orientation() const { return orientation_; }

 private:
  void header() {
    png_read_info(png_, info_);
    stored_bits_ = Index{png_get_bit_depth(png_, info_)} * png_get_channels(png_, info_);
    png_bytep exif = nullptr;
    png_uint_32 exif_bytes = 0;
    if (png_get_eXIf_1(png_, info_, &exif_bytes, &exif) != 0)
      orientation_ = exif_orientation(std::as_bytes(std::span(exif, exif_bytes)));
    png_set_scale_16(png_);
    png_set_packing(png_);
    png_set_palette_to_rgb(png_);
    png_set_expand_gray_1_2_4_to_8(png_);
    if (png_get_valid(png_, info_, PNG_INFO_tRNS) != 0) png_set_tRNS_to_alpha(png_);
    passes_ = png_set_interlace_handling(png_);
    png_read_update_info(png_, info_);
  }
  void rows(std::uint8_t* samples, std::size_t row_bytes) {
    const png_uint_32 height = png_get_image_height(png_, info_);
    for (int pass = 0; pass < passes_; ++pass)
      for (png_uint_32 y = 0; y < height; ++y) png_read_row(png_, samples + y * row_bytes, nullptr);
    png_read_end(png_, nullptr);
  }

  static void read(png_structp png, png_bytep to, std::size_t count) {
    auto& self = *static_cast<PngReader*>(png_get_io_ptr(png));
    if (count > self.bytes_.size() - self.at_) png_error(png, "it is cut short");
    std::memcpy(to, self.bytes_.data() + self.at_, count);
    self.at_ += count;
  }
  [[noreturn]] static void fail(png_structp png, png_const_charp what) {
    auto& self = *static_cast<PngReader*>(png_get_error_ptr(png));
    std::memcpy(self.what_.data(), what, std::min(std::strlen(what), self.what_.size() - 1));
    png_longjmp(png, 1);
  }

  std::span<const std::byte> bytes_;
  std::size_t at_ = 0;
  std::array<char, 200> what_{};
  Index stored_bits_ = 0;
  int passes_ = 1, orientation_ = 1;
  png_structp png_;
  png_infop info_;
};

/// Drops the opacity of pixels with 2 or 4 channels, which lie on white.
Image on_white(Index width, Index height, Index channels, std::span<const std::uint8_t> samples) {
  Image image = black_image(width, height, channels - 1);
  const std::uint8_t* from = samples.data();
  for (std::uint8_t *to = image.samples.data(), *end = to + image.samples.size(); to != end; ++from) {
    const int opacity = from[channels - 1];
    for (Index c = 1; c < channels; ++c)
      *to++ = static_cast<std::uint8_t>((*from++ * opacity + 255 * (255 - opacity) + 127) / 255);
  }
  return image;
}

}  // namespace

bool is_png(std::span<const std::byte> bytes) {
  return bytes.size() >= signature.size() &&
         std::memcmp(bytes.data(), signature.data(), signature.size()) == 0;
}

Image decode_png(std::span<const std::byte> bytes, const std::string& name, const ImageLimits& limits) {
  // Before libpng, whose own limits say less, sees the header.
  constexpr std::size_t width_at = 16, header_bytes = 24;
  require<DataError>(is_png(bytes) && bytes.size() >= header_bytes, name,
                     ": is no whole PNG file; write it anew");
  const auto number = [&](std::size_t at) {
    Index result = 0;
    for (std::size_t i = 0; i < 4; ++i) result = result << 8 | std::to_integer<Index>(bytes[at + i]);
    return result;
  };
  limits.check(number(width_at), number(width_at + 4), name);
  // libpng takes memory for a chunk of EXIF, as long as the file says it is, before it has read any of it.
  constexpr std::size_t type_at = 4, data_at = 8, around_data = 12;
  for (std::size_t at = signature.size(); at + data_at <= bytes.size();) {
    if (std::memcmp(bytes.data() + at + type_at, "IDAT", 4) == 0) break;
    const auto length = static_cast<std::size_t>(number(at));
    require<DataError>(length <= bytes.size() - at - data_at, name,
                       ": the PNG file is cut short: a chunk of ", length, " bytes begins at byte ", at,
                       " of ", bytes.size());
    at += around_data + length;
  }
  PngReader reader(bytes, limits);
  require<DataError>(reader.read_header(), name, ": the PNG file is damaged: ", reader.what());
  const Index width = reader.width(), height = reader.height(), channels = reader.channels();
  // Deflate makes 1,032 bytes of one at most: a file that promises more than that cannot keep it.
  require<DataError>(height * ((width * reader.bits() + 7) / 8) / 1032 <= static_cast<Index>(bytes.size()),
                     name, ": the PNG file is cut short: ", bytes.size(), " bytes for an image of ", width,
                     " by ", height, " pixels");
  std::vector<std::uint8_t> samples(static_cast<std::size_t>(width * height * channels));
  require<DataError>(reader.read_samples(samples.data(), static_cast<std::size_t>(width * channels)), name,
                     ": the PNG file is damaged: ", reader.what());
  Image image = channels % 2 == 0 ? on_white(width, height, channels, samples)
                                  : Image{width, height, channels, std::move(samples)};
  return upright(std::move(image), reader.orientation());
}

std::string encode_png(const Image& image) {
  png_image header{};
  header.version = PNG_IMAGE_VERSION;
  header.width = static_cast<png_uint_32>(image.width);
  header.height = static_cast<png_uint_32>(image.height);
  header.format = image.channels == 3 ? PNG_FORMAT_RGB : PNG_FORMAT_GRAY;
  const auto write = [&](void* memory, std::size_t& bytes) {
    if (png_image_write_to_memory(&header, memory, &bytes, 0, image.samples.data(), 0, nullptr) == 0)
      throw std::logic_error(std::string("encode_png: ") + header.message);
  };
  std::size_t bytes = 0;
  write(nullptr, bytes);
  std::string file(bytes, '\0');
  write(file.data(), bytes);
  file.resize(bytes);
  return file;
}

}  // namespace heed
