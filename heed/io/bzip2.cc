#include "heed/io/bzip2.h"

#include <bzlib.h>

#include <string_view>

#include "heed/base/error.h"

namespace heed {
namespace {

class Bzip2 final : public Decompression {
 public:
  explicit Bzip2(std::string name) : name_(std::move(name)) {}
  ~Bzip2() override {
    if (within_stream_) ::BZ2_bzDecompressEnd(&stream_);
  }
  Bzip2(const Bzip2&) = delete;
  Bzip2& operator=(const Bzip2&) = delete;

  bool append_to(std::string& text, FileBytes& file) override {
    for (;;) {
      const bool more = !file.bytes().empty() || file.read();
      if (!more && !within_stream_) return false;
      if (!within_stream_) begin();
      const std::string_view input = file.bytes();
      const std::size_t before = text.size();
      text.resize(before + decompression_chunk);
      stream_.next_in = const_cast<char*>(input.data());
      stream_.avail_in = static_cast<unsigned>(input.size());
      stream_.next_out = text.data() + before;
      stream_.avail_out = static_cast<unsigned>(decompression_chunk);
      const int result = ::BZ2_bzDecompress(&stream_);
      file.take(input.size() - stream_.avail_in);
      text.resize(before + decompression_chunk - stream_.avail_out);
      require<DataError>(result == BZ_OK || result == BZ_STREAM_END, file.name(),
                         ": damaged bzip2 data, or not bzip2 to its end");
      if (result == BZ_STREAM_END) {
        ::BZ2_bzDecompressEnd(&stream_);
        within_stream_ = false;
      }
      if (text.size() > before) return true;
      require<DataError>(more || !within_stream_, file.name(),
                         ": the bzip2 file ends too early; was it copied whole?");
    }
  }

 private:
  void begin() {
    stream_ = {};
    require<Error>(::BZ2_bzDecompressInit(&stream_, 0, 0) == BZ_OK, name_, ": no memory to decompress it");
    within_stream_ = true;
  }

  std::string name_;
  bz_stream stream_{};
  bool within_stream_ = false;
};

}  // namespace

std::unique_ptr<Decompression> bzip2_decompression(const std::string& name) {
  return std::make_unique<Bzip2>(name);
}

}  // namespace heed
