#include "heed/io/xz.h"

#include <lzma.h>

#include <cstdint>
#include <string_view>

#include "heed/base/error.h"

namespace heed {
namespace {

// xz -9 asks for 65 MiB; a hostile file for up to 4 GiB.
constexpr std::uint64_t most_memory = std::uint64_t{512} << 20;

class Xz final : public Decompression {
 public:
  explicit Xz(const std::string& name) {
    require<Error>(::lzma_stream_decoder(&stream_, most_memory, LZMA_CONCATENATED) == LZMA_OK, name,
                   ": no memory to decompress it");
  }
  ~Xz() override { ::lzma_end(&stream_); }
  Xz(const Xz&) = delete;
  Xz& operator=(const Xz&) = delete;

  bool append_to(std::string& text, FileBytes& file) override {
    for (;;) {
      if (ended_) return false;
      const bool more = !file.bytes().empty() || file.read();
      const std::string_view input = file.bytes();
      const std::size_t before = text.size();
      text.resize(before + decompression_chunk);
      stream_.next_in = reinterpret_cast<const std::uint8_t*>(input.data());
      stream_.avail_in = input.size();
      stream_.next_out = reinterpret_cast<std::uint8_t*>(text.data() + before);
      stream_.avail_out = decompression_chunk;
      // Where one stream ends another may begin, so the end of the file must be told.
      const lzma_ret result = ::lzma_code(&stream_, more ? LZMA_RUN : LZMA_FINISH);
      file.take(input.size() - stream_.avail_in);
      text.resize(before + decompression_chunk - stream_.avail_out);
      ended_ = result == LZMA_STREAM_END;
      require<DataError>(result != LZMA_MEMLIMIT_ERROR, file.name(), ": needs more than ", most_memory >> 20,
                         " MiB to be decompressed; compress it anew with xz -9 or less");
      require<DataError>(ended_ || result == LZMA_OK || result == LZMA_BUF_ERROR, file.name(),
                         ": damaged xz data, or not xz to its end");
      if (text.size() > before) return true;
      require<DataError>(more || ended_, file.name(), ": the xz file ends too early; was it copied whole?");
    }
  }

 private:
  lzma_stream stream_ = LZMA_STREAM_INIT;
  bool ended_ = false;
};

}  // namespace

std::unique_ptr<Decompression> xz_decompression(const std::string& name) {
  return std::make_unique<Xz>(name);
}

}  // namespace heed
