#pragma once
#include <memory>
#include <mutex>

#include "heed/base/fields.h"
#include "heed/http/router.h"
#include "heed/operators/api_keys.h"
#include "heed/operators/rate_limit.h"

namespace heed {

/// Who may ask, and how often.
struct GateOptions {
  std::optional<std::filesystem::path> api_keys = std::nullopt;
  bool require_key = true;
  std::optional<Index> requests_per_minute = std::nullopt;
  bool behind_proxy = false;

  static constexpr std::string_view title = "Access";
  static constexpr auto fields() {
    using G = GateOptions;
    return std::tuple(
        field("api_keys", &G::api_keys,
              "file with a line for each API key: NAME KEY [requests_per_minute=N] [characters=N]; read "
              "again on "
              "SIGHUP"),
        field("require_key", &G::require_key, "with --api-keys: refuse requests without a key"),
        field("requests_per_minute", &G::requests_per_minute,
              "maximum number of requests of one key, or of one address where there is no key", {1, 1e9}),
        field("behind_proxy", &G::behind_proxy,
              "a proxy on this machine says whom it asks for: take the last address of X-Forwarded-For"));
  }
};

/// Lets requests pass to their handlers, or refuses them: 401 without a key, 403 with an unknown one, 429
/// with too many in a minute. A key stands in Authorization (Bearer, or DeepL-Auth-Key), X-API-Key, or as
/// api_key in body or query.
class Gate {
 public:
  /// ConfigError for a file of keys that cannot be read.
  explicit Gate(const GateOptions& options);

  /// Reads the file of keys again. Those of before hold if that fails.
  void reload();

  /// Sets the request's caller and limits. RequestError if it may not pass.
  void admit(http::Request& request);

  /// The handler behind the gate, which must outlive it.
  http::Handler guarded(http::Handler handler);

 private:
  std::shared_ptr<const ApiKeys> keys() const;

  GateOptions options_;
  mutable std::mutex mutex_;
  std::shared_ptr<const ApiKeys> keys_;  // none: nobody needs one
  RateLimit rate_;
};

}  // namespace heed
