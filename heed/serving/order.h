#pragma once
#include <chrono>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "heed/service/translator.h"

namespace heed {

using ServingClock = std::chrono::steady_clock;

/// How long somebody waits for an answer.
struct Patience {
  std::optional<ServingClock::time_point> deadline = std::nullopt;
  std::stop_token gone = {};  // stops when nobody waits any more
};

/// Texts to be translated by one model in one way.
struct Order {
  std::shared_ptr<const Translator> translator;
  std::vector<std::string> texts = {};  // UTF-8; each is translated as a line of `heed translate` is
  DecodingConfig decoding = {};
  Patience patience = {};
  std::vector<std::uint64_t> numbers = {};  // as Translator::translate has them; none: 0, 1 and so on
  std::vector<Steering> steering = {};      // of each text; none: nothing is asked of any
};

/// What became of a text.
struct Outcome {
  TranslatedLine translation = {};
  std::exception_ptr error = nullptr;  // none: it was translated
};

}  // namespace heed
