#pragma once
// With the types that fields may have, for config structs to include nothing else.
#include <array>
#include <filesystem>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "heed/base/error.h"
#include "heed/base/index.h"

namespace heed {

/// What a number may be, both ends allowed.
struct Bounds {
  double min = -std::numeric_limits<double>::infinity();
  double max = std::numeric_limits<double>::infinity();
};

/// Names that a field had before: files and flags that use them are still understood.
using FormerNames = std::array<std::string_view, 2>;

/// One line of a config struct's fields(): a member, its name in files and flags, and what it is for.
template <class Config, class T>
struct Field {
  std::string_view name;
  T Config::*member;
  std::string_view help;
  Bounds bounds;
  FormerNames former;
};

/// A renamed field names what it was called before: field("size", &C::size, "the size", {1}, {"length"}).
template <class Config, class T>
constexpr Field<Config, T> field(std::string_view name, T Config::*member, std::string_view help,
                                 Bounds bounds = {}, FormerNames former = {}) {
  return {name, member, help, bounds, former};
}

/// The names of an enum's values: specialize it beside the enum with
///   static constexpr std::array names{std::pair{"post", NormOrder::post}, std::pair{"pre", NormOrder::pre}};
/// and, where values were renamed, an array `former` of the names that are still read.
template <class E>
struct EnumNames;

template <class E>
concept NamedEnum = std::is_enum_v<E> && requires {
  EnumNames<E>::names;
};

template <class T>
concept ConfigStruct = requires {
  T::fields();
};

/// The name of an enum's value.
template <NamedEnum E>
constexpr std::string_view enum_name(E value) {
  for (const auto& [name, candidate] : EnumNames<E>::names)
    if (candidate == value) return name;
  return "unknown";
}

/// The value of a name, former names too.
template <NamedEnum E>
constexpr std::optional<E> enum_named(std::string_view name) {
  for (const auto& [candidate, value] : EnumNames<E>::names)
    if (candidate == name) return value;
  if constexpr (requires { EnumNames<E>::former; })
    for (const auto& [candidate, value] : EnumNames<E>::former)
      if (candidate == name) return value;
  return std::nullopt;
}

}  // namespace heed
