#pragma once
#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "heed/http/response.h"
#include "heed/text/unicode.h"

namespace heed::api {

/// The members of a request's object, each asked for once by its name: what nobody asks for is an error at
/// the end, so that a misspelt name is not passed over. RequestError 400 for a value of another kind.
class JsonFields {
 public:
  explicit JsonFields(const nlohmann::json& object) : object_(object) {}

  /// Null and absent are alike.
  const nlohmann::json* find(std::string_view name) {
    known_.insert(std::string(name));
    const auto place = object_.find(name);
    return place == object_.end() || place->is_null() ? nullptr : &*place;
  }

  std::string text(std::string_view name, std::string_view otherwise = {}) {
    const nlohmann::json* value = find(name);
    if (!value) return std::string(otherwise);
    if (!value->is_string()) refuse(name, "a string");
    return value->get<std::string>();
  }
  /// Of forms, "true" and "false", too.
  bool flag(std::string_view name, bool otherwise) {
    const nlohmann::json* value = find(name);
    if (!value) return otherwise;
    if (*value == "true" || *value == "false") return *value == "true";
    if (!value->is_boolean()) refuse(name, "true or false");
    return value->get<bool>();
  }
  double number(std::string_view name, double least, double most, double otherwise) {
    const nlohmann::json* value = find(name);
    if (!value) return otherwise;
    const bool fits = value->is_number() && value->get<double>() >= least && value->get<double>() <= most;
    if (!fits) refuse(name, message("a number from ", least, " to ", most));
    return value->get<double>();
  }
  std::int64_t whole(std::string_view name, std::int64_t least, std::int64_t most, std::int64_t otherwise) {
    const nlohmann::json* value = find(name);
    if (!value) return otherwise;
    const bool fits = value->is_number_integer() && *value >= least && *value <= most;
    if (!fits) refuse(name, message("a whole number from ", least, " to ", most));
    return value->get<std::int64_t>();
  }
  /// A string, or an array of strings.
  std::vector<std::string> texts(std::string_view name) {
    const nlohmann::json* value = find(name);
    if (!value) return {};
    if (value->is_string()) return {value->get<std::string>()};
    if (!value->is_array() || !std::ranges::all_of(*value, [](const auto& item) { return item.is_string(); }))
      refuse(name, "a string or an array of strings");
    return value->get<std::vector<std::string>>();
  }
  /// What is known and of no account here.
  void ignore(std::initializer_list<std::string_view> names) {
    for (const std::string_view name : names) known_.insert(std::string(name));
  }
  /// The members that nobody has asked for yet.
  nlohmann::ordered_json others() const {
    auto rest = nlohmann::ordered_json::object();
    for (const auto& member : object_.items())
      if (!known_.contains(member.key())) rest[member.key()] = member.value();
    return rest;
  }
  /// RequestError for the first member that nobody asked for.
  void require_all_known() const {
    for (const auto& member : object_.items())
      if (!known_.contains(member.key()))
        throw http::RequestError(400, message("Unrecognized parameter: ", printable(member.key())));
  }

  [[noreturn]] static void refuse(std::string_view name, std::string_view expected) {
    throw http::RequestError(400, message("'", name, "' is not ", expected));
  }

 private:
  const nlohmann::json& object_;
  std::set<std::string, std::less<>> known_;
};

}  // namespace heed::api
