#include "heed/data/examples.h"

#include <algorithm>
#include <limits>

#include "heed/base/error.h"
#include "heed/text/tokenizer.h"

namespace heed {
namespace {

/// Text number `number` of those that end at `ends`.
std::span<const std::int32_t> text_of(std::span<const std::int32_t> tokens,
                                      std::span<const std::uint32_t> ends, std::size_t number) {
  const std::size_t begin = number == 0 ? 0 : ends[number - 1];
  return tokens.subspan(begin, ends[number] - begin);
}

}  // namespace

void Examples::add(std::span<const Index> source, std::span<const Index> target) {
  require<DataError>(
      tokens_.size() + source.size() + target.size() + 2 <= std::numeric_limits<std::uint32_t>::max(),
      "examples: more than 2^32 tokens in memory; keep them in an example store");
  append(source);
  append(target);
  source_tokens_ += std::ssize(source) + 1;
  target_tokens_ += std::ssize(target) + 1;
}

void Examples::append(std::span<const Index> sentence) {
  for (const Index id : sentence) tokens_.push_back(static_cast<std::int32_t>(id));
  tokens_.push_back(static_cast<std::int32_t>(special::end));
  ends_.push_back(static_cast<std::uint32_t>(tokens_.size()));
}

void Examples::add(MappedExamples part, Index source_tokens) {
  require<DataError>(ends_.empty(), "examples: a file is added behind pairs");
  source_tokens_ += source_tokens;
  target_tokens_ += std::ssize(part.tokens) - source_tokens;
  const Index size = part.size();
  files_.push_back({std::move(part), in_files_});
  in_files_ += size;
}

void Examples::forget() const {
  for (const Part& part : files_) part.examples.file->forget();
}

std::span<const std::int32_t> Examples::text(Index example, std::size_t side) const {
  if (example >= in_files_)
    return text_of(tokens_, ends_, 2 * static_cast<std::size_t>(example - in_files_) + side);
  const auto after = std::upper_bound(files_.begin(), files_.end(), example,
                                      [](Index number, const Part& part) { return number < part.first; });
  const Part& part = *std::prev(after);
  return text_of(part.examples.tokens, part.examples.ends,
                 2 * static_cast<std::size_t>(example - part.first) + side);
}

}  // namespace heed
