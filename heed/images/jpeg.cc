#include "heed/images/jpeg.h"

// jpeglib.h needs it before itself.
#include <cstdio>

#include <jpeglib.h>

// Needs jpeglib.h before itself.
#include <jerror.h>

#include <algorithm>
#include <array>
#include <csetjmp>
#include <cstring>
#include <string_view>
#include <vector>

#include "heed/images/orientation.h"

namespace heed {
namespace {

using namespace std::string_view_literals;

/// What other decoders let pass, too: none of it costs a pixel.
bool is_harmless(int warning) {
  return warning == JWRN_EXTRANEOUS_DATA || warning == JWRN_ADOBE_XFORM || warning == JWRN_JFIF_MAJOR ||
         warning == JWRN_NOT_SEQUENTIAL;
}

/// libjpeg at one file in memory. Its errors come by longjmp, past destructors: the functions that call it
/// hold none.
class JpegReader {
 public:
  explicit JpegReader(std::span<const std::byte> bytes) : bytes_(bytes) {
    jpeg_.err = jpeg_std_error(&errors_);
    errors_.error_exit = fail;
    errors_.emit_message = warn;
    errors_.output_message = [](j_common_ptr) {};
    progress_.progress_monitor = watch;
    jpeg_.client_data = this;
  }
  ~JpegReader() {
    if (created_) jpeg_destroy_decompress(&jpeg_);
  }
  JpegReader(const JpegReader&) = delete;
  JpegReader& operator=(const JpegReader&) = delete;

  /// False if libjpeg found something wrong: then what() says what.
  bool read_header() {
    if (setjmp(failed_) != 0) return false;
    jpeg_create_decompress(&jpeg_);
    created_ = true;
    jpeg_.progress = &progress_;
    jpeg_mem_src(&jpeg_, reinterpret_cast<const unsigned char*>(bytes_.data()), bytes_.size());
    jpeg_save_markers(&jpeg_, JPEG_APP0 + 1, 0xFFFF);
    jpeg_read_header(&jpeg_, TRUE);
    orientation_ = stored_orientation();
    if (jpeg_.num_components == 1)
      jpeg_.out_color_space = JCS_GRAYSCALE;
    else if (jpeg_.num_components == 4)
      jpeg_.out_color_space = JCS_CMYK;
    else
      jpeg_.out_color_space = JCS_RGB;
    return true;
  }
  bool read_samples(std::uint8_t* samples, std::size_t row_bytes) {
    if (setjmp(failed_) != 0) return false;
    jpeg_start_decompress(&jpeg_);
    while (jpeg_.output_scanline < jpeg_.output_height) {
      JSAMPROW row = samples + jpeg_.output_scanline * row_bytes;
      jpeg_read_scanlines(&jpeg_, &row, 1);
    }
    jpeg_finish_decompress(&jpeg_);
    return true;
  }
  const char* what() const { return what_.data(); }

  Index width() const { return jpeg_.image_width; }
  Index height() const { return jpeg_.image_height; }
  /// As they are decoded: 1, 3, or 4 of ink.
  Index channels() const {
    return jpeg_.num_components == 1 || jpeg_.num_components == 4 ? jpeg_.num_components : 3;
  }
  /// Ink is stored as what is left of the light, as Adobe's programs do.
  bool inverted_ink() const { return jpeg_.saw_Adobe_marker != 0; }
  bool huffman() const { return jpeg_.arith_code == 0; }
  int orientation() const { return orientation_; }

 private:
  /// Of the markers, which libjpeg forgets when it has read the image.
  int stored_orientation() const {
    constexpr std::string_view mark = "Exif\0\0"sv;
    for (auto* marker = jpeg_.marker_list; marker; marker = marker->next) {
      const auto data = std::as_bytes(std::span(marker->data, marker->data_length));
      if (data.size() > mark.size() && std::memcmp(data.data(), mark.data(), mark.size()) == 0)
        return exif_orientation(data.subspan(mark.size()));
    }
    return 1;
  }

  static JpegReader& of(j_common_ptr jpeg) { return *static_cast<JpegReader*>(jpeg->client_data); }
  [[noreturn]] static void fail_with(j_common_ptr jpeg, const char* what) {
    std::memcpy(of(jpeg).what_.data(), what, std::min(std::strlen(what), of(jpeg).what_.size() - 1));
    std::longjmp(of(jpeg).failed_, 1);
  }
  [[noreturn]] static void fail(j_common_ptr jpeg) {
    std::array<char, JMSG_LENGTH_MAX> what{};
    jpeg->err->format_message(jpeg, what.data());
    fail_with(jpeg, what.data());
  }
  static void warn(j_common_ptr jpeg, int level) {
    // Where data are missing or damaged, libjpeg warns and goes on with gray.
    if (level < 0 && !is_harmless(jpeg->err->msg_code)) fail(jpeg);
  }
  static void watch(j_common_ptr jpeg) {
    // Each scan goes over the whole image, but can be stored in some bytes.
    constexpr int most_scans = 200;
    if (reinterpret_cast<j_decompress_ptr>(jpeg)->input_scan_number > most_scans)
      fail_with(jpeg, "it has more than 200 scans");
  }

  std::span<const std::byte> bytes_;
  std::array<char, JMSG_LENGTH_MAX> what_{};
  std::jmp_buf failed_{};
  jpeg_error_mgr errors_{};
  jpeg_progress_mgr progress_{};
  jpeg_decompress_struct jpeg_{};
  bool created_ = false;
  int orientation_ = 1;
};

/// Cyan, magenta, yellow and black as red, green and blue.
Image from_ink(Index width, Index height, std::span<const std::uint8_t> ink, bool inverted) {
  Image image = black_image(width, height, 3);
  const std::uint8_t* from = ink.data();
  for (std::uint8_t *to = image.samples.data(), *end = to + image.samples.size(); to != end; from += 4) {
    const auto light = [&](int i) { return inverted ? from[i] : 255 - from[i]; };
    for (int i = 0; i < 3; ++i) *to++ = static_cast<std::uint8_t>((light(i) * light(3) + 127) / 255);
  }
  return image;
}

}  // namespace

bool is_jpeg(std::span<const std::byte> bytes) {
  constexpr std::array<unsigned char, 3> start{0xFF, 0xD8, 0xFF};
  return bytes.size() >= start.size() && std::memcmp(bytes.data(), start.data(), start.size()) == 0;
}

Image decode_jpeg(std::span<const std::byte> bytes, const std::string& name, const ImageLimits& limits) {
  JpegReader reader(bytes);
  require<DataError>(reader.read_header(), name, ": the JPEG file is damaged: ", reader.what());
  const Index width = reader.width(), height = reader.height(), channels = reader.channels();
  limits.check(width, height, name);
  // A block of 8 by 8 pixels takes a bit at least.
  require<DataError>(!reader.huffman() || width * height / 512 <= static_cast<Index>(bytes.size()), name,
                     ": the JPEG file is cut short: ", bytes.size(), " bytes for an image of ", width, " by ",
                     height, " pixels");
  std::vector<std::uint8_t> samples(static_cast<std::size_t>(width * height * channels));
  require<DataError>(reader.read_samples(samples.data(), static_cast<std::size_t>(width * channels)), name,
                     ": the JPEG file is damaged: ", reader.what());
  Image image = channels == 4 ? from_ink(width, height, samples, reader.inverted_ink())
                              : Image{width, height, channels, std::move(samples)};
  return upright(std::move(image), reader.orientation());
}

}  // namespace heed
