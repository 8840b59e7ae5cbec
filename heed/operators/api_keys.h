#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "heed/base/fields.h"

namespace heed {

/// What the owner of an API key may do; what is not given is the server's own limit.
struct KeyLimits {
  std::optional<Index> requests_per_minute = std::nullopt;
  std::optional<Index> characters = std::nullopt;

  static constexpr auto fields() {
    using L = KeyLimits;
    return std::tuple(
        field("requests_per_minute", &L::requests_per_minute, "maximum number of requests", {1}),
        field("characters", &L::characters, "maximum length of a request's texts", {1}));
  }
};

/// Who may ask, by a secret.
struct KeyOwner {
  std::string name;
  KeyLimits limits;
};

/// The API keys of a server. What is compared takes as long for a wrong key as for a right one, and no
/// message holds a key.
class ApiKeys {
 public:
  /// A file of lines NAME KEY [requests_per_minute=N] [characters=N]; what follows # is a comment.
  /// ConfigError with the line's number for one that cannot be read, for a key that is short, a name or key
  /// that comes twice, and for a file without keys.
  explicit ApiKeys(const std::filesystem::path& file);

  /// Whose key it is.
  std::optional<KeyOwner> find(std::string_view key) const;

  std::size_t count() const { return entries_.size(); }

 private:
  struct Entry {
    std::string key;
    KeyOwner owner;
  };
  std::vector<Entry> entries_;
};

}  // namespace heed
