#include "heed/data/packed_rows.h"

#include "heed/base/error.h"

namespace heed {

std::vector<Index> packed_rows(const Column& places, const Column& tokens) {
  std::vector<Index> rows = places.tokens;
  auto row = rows.begin();
  Index begin = 0;  // of the sequence
  for (std::size_t i = 0; i < tokens.lengths.size(); begin += tokens.lengths[i], ++i)
    for (Index left = places.lengths[i]; left > 0; --left, ++row) {
      require<DataError>(*row >= 0 && *row < tokens.lengths[i], "place ", *row, " of a sequence of ",
                         tokens.lengths[i], " tokens is asked for");
      *row += begin;
    }
  return rows;
}

}  // namespace heed
