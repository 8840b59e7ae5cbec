#pragma once
#include <cstdint>
#include <limits>
#include <memory>
#include <vector>

#include "heed/data/dataset.h"
#include "heed/data/token_stream.h"

namespace heed {

/// Where windows begin.
enum class WindowPlaces {
  drawn,     // to learn from: an epoch's windows stand side by side from a place on that it draws
  in_order,  // to measure: from the first token on, so that each token but the first is predicted once
};

/// Windows of a stream that a language model sees.
struct WindowOptions {
  Index context = 256;  // tokens that are predicted in each
  WindowPlaces places = WindowPlaces::drawn;
  std::uint64_t seed = 1;  // with the epoch, decides where drawn windows begin
  Index begin = 0,
        end = std::numeric_limits<Index>::max();  // of the stream's tokens, those from begin to end
};

/// Cuts a stream into windows: context + 1 tokens each, of which all but the last are read (column 0) and all
/// but the first are predicted (column 1). They cross the borders of documents and of files.
class TokenWindows : public Dataset {
 public:
  /// ConfigError if the context is below 1.
  TokenWindows(std::shared_ptr<const TokenStream> stream, const WindowOptions& options);

  /// Windows in every epoch. Drawn ones are all full, so that what is left over at the ends is not seen in an
  /// epoch; the last one in order may be shorter. A text that is shorter than the context is one shorter
  /// window; one of fewer than two tokens has nothing to predict and none.
  Index size() const override { return count_; }
  Index columns() const override { return 2; }
  Index rows(Index number, Index column) const override;
  void append(Index number, Index epoch, std::span<Column> columns) const override;

  /// Tokens of a window of an epoch, both counted from 0. FileError if they can no longer be read.
  std::vector<std::int32_t> window(Index epoch, Index number) const;
  /// The number in the stream of the first of them.
  Index place(Index epoch, Index number) const;

 private:
  std::shared_ptr<const TokenStream> stream_;
  WindowOptions options_;
  Index tokens_;  // from options_.begin on
  Index count_;
};

}  // namespace heed
