#include "heed/data/examples.h"

#include <algorithm>
#include <limits>

#include "heed/base/error.h"

namespace heed {

void Examples::add(std::span<const std::span<const Index>> sequences) {
  require<ShapeError>(std::ssize(sequences) == columns_, "examples: ", sequences.size(), " sequences for ",
                      columns_, " columns");
  std::size_t tokens = tokens_.size();
  for (const auto& sequence : sequences) tokens += sequence.size();
  require<DataError>(tokens <= std::numeric_limits<std::uint32_t>::max(),
                     "examples: more than 2^32 tokens in memory; keep them in an example store");
  for (std::size_t column = 0; column < sequences.size(); ++column) {
    for (const Index id : sequences[column]) tokens_.push_back(static_cast<std::int32_t>(id));
    ends_.push_back(static_cast<std::uint32_t>(tokens_.size()));
    tokens_of_columns_[column] += std::ssize(sequences[column]);
  }
}

void Examples::add(MappedExamples part, std::span<const Index> tokens_of_columns) {
  require<DataError>(ends_.empty(), "examples: a file is added behind examples in memory");
  for (std::size_t column = 0; column < tokens_of_columns_.size(); ++column)
    tokens_of_columns_[column] += tokens_of_columns[column];
  const Index size = std::ssize(part.ends) / columns_;
  files_.push_back({std::move(part), in_files_});
  in_files_ += size;
}

void Examples::append(Index example, Index, std::span<Column> columns) const {
  for (Index column = 0; column < columns_; ++column) {
    const auto tokens = sequence(example, column);
    Column& to = columns[at(column)];
    to.tokens.insert(to.tokens.end(), tokens.begin(), tokens.end());
    to.lengths.push_back(std::ssize(tokens));
  }
}

void Examples::forget() const {
  for (const Part& part : files_) part.examples.file->forget();
}

Examples::Place Examples::place(Index example, Index column) const {
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
  const std::size_t number = at(columns_ * (example - first) + column);
  const std::size_t begin = number == 0 ? 0 : ends[number - 1];
  return {file, begin, static_cast<Index>(ends[number] - begin)};
}

std::vector<std::int32_t> Examples::sequence(Index example, Index column) const {
  const auto [file, begin, length] = place(example, column);
  if (!file) {
    const auto first = tokens_.begin() + static_cast<std::ptrdiff_t>(begin);
    return {first, first + length};
  }
  std::vector<std::int32_t> tokens(static_cast<std::size_t>(length));
  file->file->read(4 * (file->ends.size() + begin), std::as_writable_bytes(std::span(tokens)));
  return tokens;
}

}  // namespace heed
