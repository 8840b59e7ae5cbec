#include "heed/data/examples.h"

#include <algorithm>
#include <limits>

#include "heed/base/error.h"
#include "heed/text/tokenizer.h"

namespace heed {
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
  tokens_.push_back(static_cast<std::int32_t>(special::eos));
  ends_.push_back(static_cast<std::uint32_t>(tokens_.size()));
}

void Examples::add(MappedExamples part, Index source_tokens) {
  require<DataError>(ends_.empty(), "examples: a file is added behind pairs");
  source_tokens_ += source_tokens;
  target_tokens_ += part.tokens() - source_tokens;
  const Index size = part.size();
  files_.push_back({std::move(part), in_files_});
  in_files_ += size;
}

void Examples::forget() const {
  for (const Part& part : files_) part.examples.file->forget();
}

Examples::Place Examples::place(Index example, std::size_t side) const {
  const MappedExamples* file = nullptr;
  std::span<const std::uint32_t> ends = ends_;
  Index first = in_files_;
  if (example < in_files_) {
    const auto after = std::upper_bound(files_.begin(), files_.end(), example,
                                        [](Index number, const Part& part) { return number < part.first; });
    const Part& part = *std::prev(after);
    file = &part.examples;
    ends = file->ends;
    first = part.first;
  }
  const std::size_t number = 2 * static_cast<std::size_t>(example - first) + side;
  const std::size_t begin = number == 0 ? 0 : ends[number - 1];
  return {file, begin, static_cast<Index>(ends[number] - begin)};
}

std::vector<std::int32_t> Examples::text(Index example, std::size_t side) const {
  const auto [file, begin, length] = place(example, side);
  if (!file) {
    const auto first = tokens_.begin() + static_cast<std::ptrdiff_t>(begin);
    return {first, first + length};
  }
  std::vector<std::int32_t> tokens(static_cast<std::size_t>(length));
  file->file->read(4 * (file->ends.size() + begin), std::as_writable_bytes(std::span(tokens)));
  return tokens;
}

}  // namespace heed
