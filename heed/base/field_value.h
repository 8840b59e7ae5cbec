#pragma once
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "heed/base/index.h"

namespace heed {

/// A setting's value on its way between a config struct and a file or a flag.
struct FieldValue {
  /// A word that does not say whether it is a number, a truth or a text: plain YAML, and flags.
  struct Plain {
    std::string text;
  };
  /// Keys and values where a value was expected: never fits, but can be named in a message.
  struct Mapping {};
  using List = std::vector<FieldValue>;

  std::variant<std::monostate, bool, Index, double, std::string, Plain, Mapping, List> value;
};

/// The value as the type asked for, or nothing where it is of another.
std::optional<bool> as_bool(const FieldValue& value);
std::optional<Index> as_index(const FieldValue& value);    // 1e4 is a whole number too
std::optional<double> as_number(const FieldValue& value);  // finite
std::optional<std::string> as_text(const FieldValue& value);
/// Whether the value says "none".
bool is_none(const FieldValue& value);

/// The value as a message shows it: 0.5, 'text', a list.
std::string shown(const FieldValue& value);

/// The decimal number that prints as the float does: 0.1f becomes 0.1, not 0.10000000149.
double shortest_decimal(float value);

}  // namespace heed
