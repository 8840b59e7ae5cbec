#pragma once
#include <algorithm>
#include <cmath>
#include <concepts>
#include <functional>
#include <map>

#include "heed/base/field_value.h"
#include "heed/base/fields.h"

namespace heed {

/// One field of one config object, its type erased: what files, flags and help pages work with.
/// It refers to the object, which must outlive it.
struct Setting {
  enum class Kind { value, toggle, list, group };

  std::string name{};                  // learning_rate
  std::string heading{};               // the config struct's title, or empty
  std::string help{};                  // one line
  std::string expected{};              // "a number from 0 to 1"
  std::string symbol{};                // what the value looks like: N, PATH, or its choices, post|pre
  std::vector<std::string> choices{};  // the words that it takes, where there is a list of them
  std::vector<std::string> former{};   // names that it had before
  Kind kind = Kind::value;
  bool free_text = false;  // a text, a path or a list of these, in which any character may stand
  FieldValue usual{};      // what holds where `get` gives nothing, if that is known
  std::function<FieldValue()> get{};
  /// ConfigError starting with `where` if the value does not fit.
  std::function<void(const FieldValue&, std::string_view where)> set{};
  std::vector<Setting> members{};  // of a group, which has neither get nor set

  /// Whether the value is one of the choices, among which there may be one called none.
  bool is_choice(const FieldValue& value) const;
};
using Settings = std::vector<Setting>;

namespace settings_detail {

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;
template <class T>
inline constexpr bool is_vector = false;
template <class T>
inline constexpr bool is_vector<std::vector<T>> = true;

std::string within(std::string_view noun, const Bounds& bounds);
std::string listed(const std::vector<std::string>& choices, std::string_view separator);
[[noreturn]] void refuse(std::string_view where, std::string_view expected, const FieldValue& found);
/// Two settings of one name, former names included, would shadow each other: our bug, so std::logic_error.
void require_distinct(const Settings& settings);

/// The words that a value of the type, or each item of a list, is one of; none where any may be.
template <class T>
std::vector<std::string> choices_of() {
  std::vector<std::string> choices;
  if constexpr (is_optional<T> || is_vector<T>) {
    choices = choices_of<typename T::value_type>();
  } else if constexpr (NamedEnum<T>) {
    for (const auto& entry : EnumNames<T>::names) choices.emplace_back(entry.first);
  }
  return choices;
}

/// The bounds that the type of a whole number sets, unless it is as wide as any that is read.
template <std::integral T>
Bounds within_type(Bounds bounds) {
  using Limits = std::numeric_limits<T>;
  const bool narrow = sizeof(T) < sizeof(Index);
  if (narrow || std::unsigned_integral<T>)
    bounds.min = std::max(bounds.min, static_cast<double>(Limits::min()));
  if (narrow) bounds.max = std::min(bounds.max, static_cast<double>(Limits::max()));
  return bounds;
}

template <class T>
std::string expected(const Bounds& bounds) {
  if constexpr (is_optional<T>) {
    const std::vector<std::string> choices = choices_of<T>();
    const bool none_is_one = std::ranges::find(choices, "none") != choices.end();
    return expected<typename T::value_type>(bounds) + (none_is_one ? ", or null" : ", or none");
  } else if constexpr (is_vector<T>) {
    return "a list, each of it " + expected<typename T::value_type>(bounds);
  } else if constexpr (std::same_as<T, bool>) {
    return "true or false";
  } else if constexpr (std::integral<T>) {
    return within("a whole number", within_type<T>(bounds));
  } else if constexpr (std::floating_point<T>) {
    return within("a number", bounds);
  } else if constexpr (NamedEnum<T>) {
    return "one of " + listed(choices_of<T>(), ", ");
  } else if constexpr (std::same_as<T, std::filesystem::path>) {
    return "a path";
  } else {
    static_assert(std::same_as<T, std::string>, "fields of this type cannot be read");
    return "a text";
  }
}

template <class T>
constexpr bool is_free_text() {
  if constexpr (is_optional<T> || is_vector<T>) {
    return is_free_text<typename T::value_type>();
  } else {
    return std::same_as<T, std::string> || std::same_as<T, std::filesystem::path>;
  }
}

template <class T>
std::string symbol() {
  if constexpr (is_optional<T> || is_vector<T>) {
    return symbol<typename T::value_type>() + (is_vector<T> ? "..." : "");
  } else if constexpr (NamedEnum<T>) {
    return listed(choices_of<T>(), "|");
  } else if constexpr (std::is_arithmetic_v<T>) {
    return std::integral<T> ? "N" : "X";
  } else {
    return std::same_as<T, std::filesystem::path> ? "PATH" : "TEXT";
  }
}

template <class T>
FieldValue write(const T& value) {
  if constexpr (is_optional<T>) {
    return value ? write(*value) : FieldValue{};
  } else if constexpr (is_vector<T>) {
    FieldValue::List list;
    for (const auto& item : value) list.push_back(write<typename T::value_type>(item));
    return {std::move(list)};
  } else if constexpr (std::same_as<T, bool>) {
    return {value};
  } else if constexpr (std::integral<T>) {
    return {static_cast<Index>(value)};
  } else if constexpr (std::same_as<T, float>) {
    return {shortest_decimal(value)};
  } else if constexpr (std::floating_point<T>) {
    return {static_cast<double>(value)};
  } else if constexpr (NamedEnum<T>) {
    return {std::string(enum_name(value))};
  } else if constexpr (std::same_as<T, std::filesystem::path>) {
    return {value.string()};
  } else {
    return {value};
  }
}

inline bool inside(double number, const Bounds& bounds) {
  return number >= bounds.min && number <= bounds.max;
}

/// The value as a T, or nothing where it does not fit.
template <class T>
std::optional<T> read(const FieldValue& from, const Bounds& bounds) {
  if constexpr (is_optional<T>) {
    using Value = typename T::value_type;
    auto value = read<Value>(from, bounds);
    // Where a choice is called none, the word means it; null leaves the value open.
    if (is_none(from) && !(NamedEnum<Value> && value)) return T{};
    if (value) return T{std::move(*value)};
  } else if constexpr (is_vector<T>) {
    const auto* list = std::get_if<FieldValue::List>(&from.value);
    if (!list) return std::nullopt;
    T result;
    for (const FieldValue& item : *list) {
      auto value = read<typename T::value_type>(item, bounds);
      if (!value) return std::nullopt;
      result.push_back(std::move(*value));
    }
    return result;
  } else if constexpr (std::same_as<T, bool>) {
    return as_bool(from);
  } else if constexpr (std::integral<T>) {
    const auto number = as_index(from);
    if (number && std::in_range<T>(*number) && inside(static_cast<double>(*number), bounds))
      return static_cast<T>(*number);
  } else if constexpr (std::floating_point<T>) {
    const auto number = as_number(from);
    if (number && inside(*number, bounds) && std::abs(*number) <= std::numeric_limits<T>::max())
      return static_cast<T>(*number);
  } else if constexpr (NamedEnum<T>) {
    const auto text = as_text(from);
    if (text) return enum_named<T>(*text);
  } else {
    if (auto text = as_text(from)) return T(std::move(*text));
  }
  return std::nullopt;
}

template <ConfigStruct Config>
constexpr std::string_view heading() {
  if constexpr (requires { Config::title; }) {
    return Config::title;
  } else {
    return {};
  }
}

template <ConfigStruct Config>
void append_settings(Settings& settings, Config& config);

/// A setting that refers to nothing yet.
Setting setting_named(std::string_view name, std::string_view heading, std::string_view help,
                      const FormerNames& former);

template <class T>
void refer_to(Setting& setting, T& member, const Bounds& bounds) {
  if constexpr (std::same_as<T, bool>) setting.kind = Setting::Kind::toggle;
  if constexpr (is_vector<T>) setting.kind = Setting::Kind::list;
  setting.expected = expected<T>(bounds);
  setting.symbol = symbol<T>();
  setting.choices = choices_of<T>();
  setting.free_text = is_free_text<T>();
  setting.get = [&member] { return write<T>(member); };
  setting.set = [&member, bounds](const FieldValue& from, std::string_view where) {
    auto value = read<T>(from, bounds);
    if (!value) refuse(where, expected<T>(bounds), from);
    member = std::move(*value);
  };
}

// Compiled once, in settings.cc: most members of config structs are of these types.
extern template void refer_to(Setting&, bool&, const Bounds&);
extern template void refer_to(Setting&, Index&, const Bounds&);
extern template void refer_to(Setting&, float&, const Bounds&);
extern template void refer_to(Setting&, double&, const Bounds&);
extern template void refer_to(Setting&, std::string&, const Bounds&);
extern template void refer_to(Setting&, std::filesystem::path&, const Bounds&);
extern template void refer_to(Setting&, std::optional<Index>&, const Bounds&);
extern template void refer_to(Setting&, std::optional<double>&, const Bounds&);
extern template void refer_to(Setting&, std::optional<std::string>&, const Bounds&);
extern template void refer_to(Setting&, std::vector<double>&, const Bounds&);
extern template void refer_to(Setting&, std::vector<std::string>&, const Bounds&);
extern template void refer_to(Setting&, std::vector<std::filesystem::path>&, const Bounds&);

template <class Config, class T>
Setting setting_of(const Field<Config, T>& field, Config& config) {
  Setting setting = setting_named(field.name, heading<Config>(), field.help, field.former);
  T& member = config.*field.member;
  if constexpr (ConfigStruct<T>) {
    setting.kind = Setting::Kind::group;
    append_settings(setting.members, member);
    for (Setting& inner : setting.members)
      if (inner.heading.empty()) inner.heading = setting.heading;
  } else {
    refer_to(setting, member, field.bounds);
  }
  return setting;
}

template <ConfigStruct Config>
void append_settings(Settings& settings, Config& config) {
  std::apply([&](const auto&... field) { (settings.push_back(setting_of(field, config)), ...); },
             Config::fields());
  require_distinct(settings);
}

}  // namespace settings_detail

/// A value of a type that fields may have, as files and flags hold it.
template <class T>
FieldValue field_value(const T& value) {
  if constexpr (std::convertible_to<T, std::string_view>) {
    return {std::string(std::string_view(value))};
  } else {
    return settings_detail::write(value);
  }
}

/// The settings of one or several config objects side by side, as one flat list. The objects must outlive it.
template <ConfigStruct... Configs>
Settings settings_of(Configs&... configs) {
  Settings settings;
  (settings_detail::append_settings(settings, configs), ...);
  return settings;
}

/// The setting of a name, or of a former name. ConfigError with a suggestion where there is none; `prefix` is
/// what stands before the name in a file ("encoder.") and `where` starts the message.
const Setting& find_setting(const Settings& settings, std::string_view name, std::string_view where,
                            std::string_view prefix = {});

/// Keeps watch that no setting is given twice in one file, be it under two of its names.
class GivenSettings {
 public:
  /// `as`: the name that the file uses. ConfigError starting with `where` if the setting was given before.
  void add(const Setting& setting, std::string_view as, std::string_view where, std::string_view prefix);

 private:
  std::map<std::string, std::string, std::less<>> given_;  // the name of a setting -> the name used
};

}  // namespace heed
