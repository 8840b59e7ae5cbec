#include "cli/standard_output.h"

#include <iostream>

#include "heed/base/error.h"

namespace heed {

void flush_standard_output() {
  std::cout.flush();
  require<FileError>(std::cout.good(), "standard output: cannot be written; is the disk full?");
}

}  // namespace heed
