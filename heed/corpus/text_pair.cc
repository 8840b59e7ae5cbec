#include "heed/corpus/text_pair.h"

#include <utility>

#include "heed/text/one_line.h"

namespace heed {

std::string tsv_row(TextPair pair) {
  return without_breaks(std::move(pair.source)) + '\t' + without_breaks(std::move(pair.target)) + '\n';
}

}  // namespace heed
