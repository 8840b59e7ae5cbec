#pragma once
#include <array>
#include <string>
#include <vector>

#include "heed/base/fields.h"

namespace heed {

/// Who says a turn of a dialogue, in the words of the messages that others use.
enum class Role {
  system,     // what the assistant is told about itself
  user,       // who talks to it
  assistant,  // whom a model learns to be
  tool,       // what a call of the assistant gave back, such as the results of a query
};

template <>
struct EnumNames<Role> {
  static constexpr std::array names{std::pair{"system", Role::system}, std::pair{"user", Role::user},
                                    std::pair{"assistant", Role::assistant}, std::pair{"tool", Role::tool}};
};

/// What one side says at a time.
struct Turn {
  Role role = Role::user;
  std::string text;
  bool learned = true;  // of the assistant's: whether a model learns it and is measured by it

  /// Whether it is a response that a model learns to give.
  bool response() const { return role == Role::assistant && learned; }
  bool operator==(const Turn&) const = default;
};

/// Turns in their order.
using Dialogue = std::vector<Turn>;

}  // namespace heed
