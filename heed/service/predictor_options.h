#pragma once
#include "heed/base/index.h"

namespace heed {

struct PredictorOptions {
  Index max_tokens = 256;  // that a language model writes after a line at most
  Index top = 5;           // tokens that are named for a masked place
};

}  // namespace heed
