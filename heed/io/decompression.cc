#include "heed/io/decompression.h"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <string_view>

#include "heed/base/error.h"
#include "heed/io/bzip2.h"
#include "heed/io/compression.h"
#include "heed/io/xz.h"

namespace heed {
namespace {

constexpr std::string_view gzip_mark = "\x1F\x8B";

class Plain final : public Decompression {
 public:
  bool append_to(std::string& text, FileBytes& file) override {
    if (file.bytes().empty() && !file.read()) return false;
    text.append(file.bytes());
    file.take(file.bytes().size());
    return true;
  }
};

/// gzip files one after the other; zeros may fill up the end.
class Gzip final : public Decompression {
 public:
  explicit Gzip(const std::string& name) {
    // 16: gzip only.
    require<Error>(::inflateInit2(&stream_, 15 + 16) == Z_OK, name, ": no memory to inflate it");
  }
  ~Gzip() override { ::inflateEnd(&stream_); }
  Gzip(const Gzip&) = delete;
  Gzip& operator=(const Gzip&) = delete;

  bool append_to(std::string& text, FileBytes& file) override {
    for (;;) {
      if (file.bytes().empty() && !file.read()) {
        require<DataError>(!within_member_, file.name(),
                           ": the gzip file ends too early; was it copied whole?");
        return false;
      }
      if (!within_member_ && !next_member(file)) return false;
      const std::size_t before = text.size();
      const std::string_view input = file.bytes();
      text.resize(before + decompression_chunk);
      stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(input.data()));
      stream_.avail_in = static_cast<uInt>(input.size());
      stream_.next_out = reinterpret_cast<Bytef*>(text.data() + before);
      stream_.avail_out = static_cast<uInt>(decompression_chunk);
      const int result = ::inflate(&stream_, Z_NO_FLUSH);
      file.take(input.size() - stream_.avail_in);
      text.resize(before + decompression_chunk - stream_.avail_out);
      require<DataError>(result == Z_OK || result == Z_STREAM_END || result == Z_BUF_ERROR, file.name(),
                         ": damaged gzip data", stream_.msg ? std::string(": ") + stream_.msg : "");
      if (result == Z_STREAM_END) within_member_ = false;
      if (text.size() > before) return true;
    }
  }

 private:
  bool next_member(FileBytes& file) {
    if (!first_member_)
      for (;;) {
        const std::string_view bytes = file.bytes();
        file.take(std::min(bytes.find_first_not_of('\0'), bytes.size()));
        if (!file.bytes().empty()) break;
        if (!file.read()) return false;
      }
    first_member_ = false;
    require<DataError>(file.starts_with(gzip_mark), file.name(),
                       ": what follows the gzip data is no gzip; was the file copied whole?");
    ::inflateReset(&stream_);
    within_member_ = true;
    return true;
  }

  z_stream stream_{};
  bool within_member_ = false, first_member_ = true;
};

/// zstd frames one after the other.
class Zstd final : public Decompression {
 public:
  explicit Zstd(const std::string& name) : stream_(::ZSTD_createDStream()) {
    require<Error>(stream_ != nullptr, name, ": no memory to decompress it");
  }
  ~Zstd() override { ::ZSTD_freeDStream(stream_); }
  Zstd(const Zstd&) = delete;
  Zstd& operator=(const Zstd&) = delete;

  bool append_to(std::string& text, FileBytes& file) override {
    for (;;) {
      // Bytes may wait within the stream even when the file has been read to its end.
      const bool more = !file.bytes().empty() || file.read();
      if (!more && !within_frame_) return false;
      const std::size_t before = text.size();
      text.resize(before + decompression_chunk);
      ZSTD_inBuffer input{file.bytes().data(), file.bytes().size(), 0};
      ZSTD_outBuffer output{text.data() + before, decompression_chunk, 0};
      const std::size_t result = ::ZSTD_decompressStream(stream_, &output, &input);
      file.take(input.pos);
      text.resize(before + output.pos);
      require<DataError>(!::ZSTD_isError(result), file.name(),
                         ": damaged zstd data: ", ::ZSTD_getErrorName(result));
      within_frame_ = result != 0;
      if (output.pos > 0) return true;
      require<DataError>(more || !within_frame_, file.name(),
                         ": the zstd file ends too early; was it copied whole?");
    }
  }

 private:
  ZSTD_DStream* stream_;
  bool within_frame_ = false;
};

}  // namespace

std::unique_ptr<Decompression> decompression_of(FileBytes& file) {
  switch (compression_of(file)) {
    case Compression::gzip:
      return std::make_unique<Gzip>(file.name());
    case Compression::zstd:
      return std::make_unique<Zstd>(file.name());
    case Compression::xz:
      return xz_decompression(file.name());
    case Compression::bzip2:
      return bzip2_decompression(file.name());
    case Compression::none:
      break;
  }
  return std::make_unique<Plain>();
}

}  // namespace heed
