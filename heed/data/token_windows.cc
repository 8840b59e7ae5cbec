#include "heed/data/token_windows.h"

#include <algorithm>

#include "heed/base/error.h"
#include "heed/base/random.h"

namespace heed {
namespace {

/// A stream of random numbers for each epoch.
constexpr std::uint64_t place_streams = std::uint64_t{0x77696E646F77} << 32;

Index count_windows(Index tokens, const WindowOptions& options) {
  const Index predicted = tokens - 1;
  if (predicted < 1) return 0;
  if (options.places == WindowPlaces::in_order) return (predicted + options.context - 1) / options.context;
  return std::max<Index>(predicted / options.context, 1);
}

}  // namespace

TokenWindows::TokenWindows(std::shared_ptr<const TokenStream> stream, const WindowOptions& options)
    : stream_(std::move(stream)), options_(options) {
  require<ConfigError>(1 <= options.context && options.context <= Index{1} << 30, "windows: a context of ",
                       options.context, " tokens; give a number from 1 to ", Index{1} << 30);
  require<ConfigError>(0 <= options_.begin && options_.begin <= options_.end, "windows: tokens from ",
                       options_.begin, " to ", options_.end, " are asked for");
  tokens_ = std::max<Index>(std::min(options_.end, stream_->size()) - options_.begin, 0);
  count_ = count_windows(tokens_, options_);
}

Index TokenWindows::rows(Index number, Index) const {
  // Drawn windows are equally long wherever they begin, so any epoch will do.
  return std::min(options_.context, tokens_ - 1 - (place(0, number) - options_.begin));
}

void TokenWindows::append(Index number, Index epoch, std::span<Column> columns) const {
  const std::vector<std::int32_t> tokens = window(epoch, number);
  for (std::ptrdiff_t shift = 0; shift < 2; ++shift) {
    Column& to = columns[static_cast<std::size_t>(shift)];
    to.tokens.insert(to.tokens.end(), tokens.begin() + shift, tokens.end() - 1 + shift);
    to.lengths.push_back(std::ssize(tokens) - 1);
  }
}

std::vector<std::int32_t> TokenWindows::window(Index epoch, Index number) const {
  const Index first = place(epoch, number);
  return stream_->tokens(first, std::min(options_.context + 1, tokens_ - (first - options_.begin)));
}

Index TokenWindows::place(Index epoch, Index number) const {
  require<DataError>(0 <= number && number < count_, "windows: number ", number,
                     " is asked for, but there are ", count_);
  const Index in_order = number * options_.context;
  if (options_.places == WindowPlaces::in_order) return options_.begin + in_order;
  Random random(options_.seed, place_streams + static_cast<std::uint64_t>(epoch));
  const Index offset = random.below(static_cast<std::uint32_t>(options_.context));
  // The last one moves back until it is full.
  const Index last = std::max<Index>(tokens_ - 1 - options_.context, 0);
  return options_.begin + std::min(offset + in_order, last);
}

}  // namespace heed
