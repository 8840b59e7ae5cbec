#include "heed/http/json_body.h"

#include <set>
#include <string>
#include <vector>

#include "heed/http/response.h"

namespace heed::http {
namespace {

using nlohmann::json;

/// Builds the value as the parser reads it; what it refuses never becomes memory.
class Reader : public nlohmann::json_sax<json> {
 public:
  explicit Reader(const JsonLimits& limits) : limits_(limits) {}

  bool null() override { return add(nullptr); }
  bool boolean(bool value) override { return add(value); }
  bool number_integer(number_integer_t value) override { return add(value); }
  bool number_unsigned(number_unsigned_t value) override { return add(value); }
  bool number_float(number_float_t value, const string_t&) override { return add(value); }
  bool string(string_t& value) override { return add(std::move(value)); }
  bool binary(binary_t&) override { return false; }  // no JSON
  bool start_object(std::size_t) override { return open(json::object()); }
  bool start_array(std::size_t) override { return open(json::array()); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool key(string_t& name) override {
    if (open_.back()->contains(name))
      throw RequestError(400, "Invalid JSON: the name \"" + name + "\" comes twice in one object");
    name_ = std::move(name);
    return true;
  }
  bool parse_error(std::size_t position, const std::string&, const json::exception&) override {
    throw RequestError(400, message("Invalid JSON: it cannot be read at byte ", position));
  }

  json take() { return std::move(root_); }

 private:
  bool open(json container) {
    if (open_.size() == limits_.depth)
      throw RequestError(400, message("Invalid JSON: arrays and objects nest deeper than ", limits_.depth));
    open_.push_back(&place(std::move(container)));
    return true;
  }
  bool close() {
    open_.pop_back();
    return true;
  }
  bool add(json value) {
    place(std::move(value));
    return true;
  }
  /// Puts a value where the text has it. Members of what is still open stay where they are: an array that is
  /// open has its last element open, so it does not grow meanwhile.
  json& place(json value) {
    if (++count_ > limits_.values)
      throw RequestError(400, message("Invalid JSON: it has more than ", limits_.values, " values"));
    if (open_.empty()) return root_ = std::move(value);
    json& container = *open_.back();
    if (container.is_object()) return container[std::move(name_)] = std::move(value);
    container.push_back(std::move(value));
    return container.back();
  }

  JsonLimits limits_;
  json root_;
  std::vector<json*> open_;
  std::string name_;
  std::size_t count_ = 0;
};

}  // namespace

nlohmann::json parse_json_body(std::string_view text, const JsonLimits& limits) {
  Reader reader(limits);
  json::sax_parse(text, &reader);
  return reader.take();
}

}  // namespace heed::http
