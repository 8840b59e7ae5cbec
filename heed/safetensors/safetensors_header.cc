#include "heed/safetensors/safetensors_header.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "heed/base/json_text.h"

namespace heed {
namespace {

using Json = nlohmann::ordered_json;
using Entry = SafetensorsFile::Entry;

/// JSON in which no object names a key twice: parsers disagree about which one counts.
Json parse_strictly(std::string_view text, std::string_view where) {
  std::vector<std::set<std::string>> keys;  // by depth
  const auto check = [&](int depth, Json::parse_event_t event, Json& parsed) {
    const auto level = static_cast<std::size_t>(depth);
    require<CheckpointError>(level < 8, where, ": its header is nested too deeply; it is not a checkpoint");
    if (keys.size() <= level + 1) keys.resize(level + 2);
    if (event == Json::parse_event_t::object_start) keys[level + 1].clear();
    if (event == Json::parse_event_t::key) {
      const auto name = parsed.get<std::string>();
      require<CheckpointError>(keys[level].insert(name).second, where, ": its header names '", name,
                               "' twice; save it again");
    }
    return true;
  };
  try {
    return Json::parse(text, check);
  } catch (const Json::exception&) {
    throw CheckpointError(
        message(where, ": its header is not JSON; it is not a safetensors file, or it is damaged"));
  }
}

Index whole_number(const Json& json, std::string_view where, std::string_view what) {
  const bool valid =
      json.is_number_unsigned() &&
      json.get<std::uint64_t>() <= static_cast<std::uint64_t>(std::numeric_limits<Index>::max());
  require<CheckpointError>(valid, where, ": ", what, " is not a size: ", text_of_json(json));
  return json.get<Index>();
}

Entry parse_entry(const Json& json, std::string_view where) {
  const bool complete = json.is_object() && json.contains("dtype") && json["dtype"].is_string() &&
                        json.contains("shape") && json["shape"].is_array() && json.contains("data_offsets") &&
                        json["data_offsets"].is_array() && json["data_offsets"].size() == 2;
  require<CheckpointError>(complete, where, ": its entry lacks dtype, shape or two data_offsets");
  Entry entry;
  entry.type = json["dtype"].get<std::string>();
  for (const Json& size : json["shape"])
    entry.shape.push_back(whole_number(size, where, "a part of its shape"));
  entry.begin = static_cast<std::size_t>(whole_number(json["data_offsets"][0], where, "its first offset"));
  entry.end = static_cast<std::size_t>(whole_number(json["data_offsets"][1], where, "its last offset"));
  return entry;
}

void check_size(const Entry& entry, std::size_t data_bytes, std::string_view where) {
  const auto element = safetensors_element_bytes(entry.type);
  require<CheckpointError>(element.has_value(), where, ": has the unknown type '", entry.type, "'");
  Index most = static_cast<Index>(*element);  // with empty axes taken as 1: strides must not overflow either
  bool empty = false, overflow = false;
  for (const Index size : entry.shape) {
    overflow = __builtin_mul_overflow(most, std::max<Index>(size, 1), &most) || overflow;
    empty = empty || size == 0;
  }
  const std::size_t bytes = empty ? 0 : static_cast<std::size_t>(most);
  require<CheckpointError>(!overflow, where, ": its shape is larger than any memory");
  require<CheckpointError>(entry.begin <= entry.end && entry.end <= data_bytes, where, ": lies at bytes ",
                           entry.begin, " to ", entry.end, " of ", data_bytes,
                           "; the file is cut short or damaged, copy it again");
  require<CheckpointError>(entry.end - entry.begin == bytes, where, ": its shape needs ", bytes,
                           " bytes, but it has ", entry.end - entry.begin, "; the file is damaged");
}

/// Tensors must lie one after the other: a shared byte could mean two things, a stray one hides something.
void check_coverage(const std::map<std::string, Entry>& entries, std::size_t data_bytes,
                    std::string_view where) {
  std::vector<const std::pair<const std::string, Entry>*> order;
  for (const auto& entry : entries) order.push_back(&entry);
  std::sort(order.begin(), order.end(), [](const auto* a, const auto* b) {
    return std::pair(a->second.begin, a->second.end) < std::pair(b->second.begin, b->second.end);
  });
  std::size_t covered = 0;
  std::string_view before;
  for (const auto* entry : order) {
    const std::size_t begin = entry->second.begin;
    require<CheckpointError>(begin >= covered, where, ": tensors '", before, "' and '", entry->first,
                             "' overlap; the file is damaged");
    require<CheckpointError>(begin <= covered, where, ": bytes ", covered, " to ", begin,
                             " belong to no tensor; the file is damaged");
    covered = entry->second.end;
    before = entry->first;
  }
  require<CheckpointError>(covered == data_bytes, where, ": its last ", data_bytes - covered,
                           " bytes belong to no tensor; the file is damaged");
}

}  // namespace

std::optional<std::size_t> safetensors_element_bytes(std::string_view type) {
  if (type == "F64" || type == "I64" || type == "U64") return 8;
  if (type == "F32" || type == "I32" || type == "U32") return 4;
  if (type == "F16" || type == "BF16" || type == "I16" || type == "U16") return 2;
  if (type == "I8" || type == "U8" || type == "BOOL" || type == "F8_E4M3" || type == "F8_E5M2") return 1;
  return std::nullopt;
}

SafetensorsHeader parse_safetensors_header(std::string_view text, std::size_t data_bytes,
                                           std::string_view where) {
  const Json json = parse_strictly(text, where);
  require<CheckpointError>(json.is_object(), where, ": its header is not a JSON object");
  SafetensorsHeader header;
  for (const auto& [name, value] : json.items()) {
    if (name == "__metadata__") {
      require<CheckpointError>(value.is_object(), where, ": its metadata is not a JSON object");
      for (const auto& [key, content] : value.items()) {
        require<CheckpointError>(content.is_string(), where, ": its metadata '", key, "' is not a text");
        header.metadata[key] = content.get<std::string>();
      }
    } else {
      const std::string place = message(where, ": tensor '", name, "'");
      Entry entry = parse_entry(value, place);
      check_size(entry, data_bytes, place);
      header.entries.emplace(name, std::move(entry));
    }
  }
  check_coverage(header.entries, data_bytes, where);
  return header;
}

std::string safetensors_header_json(const SafetensorsHeader& header) {
  Json json = Json::object();
  if (!header.metadata.empty()) json["__metadata__"] = header.metadata;
  for (const auto& [name, entry] : header.entries)
    json[name] = {{"dtype", entry.type}, {"shape", entry.shape}, {"data_offsets", {entry.begin, entry.end}}};
  return text_of_json(json);
}

}  // namespace heed
