#include "heed/corpus/unchecked_readers.h"

#include <utility>

#include "heed/base/error.h"

namespace heed {

UncheckedLines::UncheckedLines(const std::filesystem::path& source, const std::filesystem::path& target)
    : source_(source), target_(target) {
  require<ConfigError>(source != "-" || target != "-",
                       "parallel corpus: both sides cannot come from standard input");
}

bool UncheckedLines::next(TextPair& pair) {
  auto source = source_.next();
  auto target = target_.next();
  if (!source || !target) return false;
  pair = {std::move(*source), std::move(*target)};
  return true;
}

std::string UncheckedLines::where() const { return source_.where(); }

UncheckedTable::UncheckedTable(const std::filesystem::path& path, const ReadOptions& options)
    : lines_(path), columns_(options) {}

bool UncheckedTable::next(TextPair& pair) {
  const auto line = lines_.next();
  if (!line) return false;
  pair = columns_.pair(*line, [&] { return where(); }).value_or(TextPair());
  return true;
}

std::string UncheckedTable::where() const { return lines_.where(); }

}  // namespace heed
