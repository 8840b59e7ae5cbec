#pragma once
#include <future>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "heed/api/api_errors.h"
#include "heed/base/error.h"
#include "tests/serving/shelves.h"

namespace heed::api {

/// The API that another service has, over the translators of WithTextTranslation.
template <class Api, class Options>
class TranslationApiTest : public WithTextTranslation {
 protected:
  explicit TranslationApiTest(const Options& options) : options_(quickly(options)) {}

  /// The answer to a request; what is wrong with it is thrown.
  nlohmann::ordered_json answer(const nlohmann::json& parameters,
                                std::optional<Index> key_limit = std::nullopt) const {
    std::promise<nlohmann::ordered_json> promise;
    const auto tell = [&](nlohmann::ordered_json answer, std::exception_ptr error) {
      if (error)
        promise.set_exception(error);
      else
        promise.set_value(std::move(answer));
    };
    api_.translate(parameters, {}, tell, key_limit);
    return promise.get_future().get();
  }
  /// Why a request is refused: status and message.
  std::string refusal(const nlohmann::json& parameters, std::optional<Index> key_limit = std::nullopt) const {
    try {
      return "answered: " + answer(parameters, key_limit).dump();
    } catch (...) {
      const Failure failure = failure_of(std::current_exception());
      return message(failure.status, " ", failure.message);
    }
  }
  std::string translated(const std::string& text) const { return by_itself(de_en_, {text}, quick())[0]; }

  static Options quickly(Options options) {
    options.decoding = quick();
    return options;
  }

  const Options options_;
  const Api api_{translation_, options_};
};

}  // namespace heed::api
