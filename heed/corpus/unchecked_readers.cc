#include "heed/corpus/unchecked_readers.h"

#include <utility>

#include "heed/base/error.h"
#include "heed/corpus/pair_check.h"

namespace heed {

UncheckedLines::UncheckedLines(const std::filesystem::path& source, const std::filesystem::path& target,
                               ReadReport& report)
    : source_(source), target_(target), report_(report) {
  require<ConfigError>(source != "-" || target != "-",
                       "parallel corpus: both sides cannot come from standard input");
}

bool UncheckedLines::next(TextPair& pair) {
  auto source = source_.next();
  auto target = target_.next();
  if (!source || !target) {
    report_.note(source_.note());
    report_.note(target_.note());
    return false;
  }
  pair = {std::move(*source), std::move(*target)};
  return true;
}

std::string UncheckedLines::where() const { return source_.where(); }

UncheckedTable::UncheckedTable(const std::filesystem::path& path, const ReadOptions& options,
                               ReadReport& report)
    : rows_(path, options, report), options_(options), report_(report) {
  options_.skip_invalid = true;
}

bool UncheckedTable::next(TextPair& pair) {
  while (rows_.next(pair)) {
    if (rows_.problem().empty()) return true;
    count_malformed(where() + ": " + rows_.problem(), options_, report_);
  }
  return false;
}

std::string UncheckedTable::where() const { return rows_.where(); }

}  // namespace heed
