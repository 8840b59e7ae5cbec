#pragma once
#include "heed/base/fields.h"

namespace heed {

/// The fields of a config struct as those of one that derives from it, which puts its own behind them:
///   return std::tuple_cat(inherited_fields<Derived, Base>(), std::tuple(field("size", &Derived::size,
///   "...")));
template <class Derived, class Base>
constexpr auto inherited_fields() {
  constexpr auto of_derived = []<class T>(const Field<Base, T>& field) {
    return Field<Derived, T>{field.name, field.member, field.help, field.bounds, field.former};
  };
  return std::apply([&](const auto&... fields) { return std::tuple(of_derived(fields)...); }, Base::fields());
}

}  // namespace heed
