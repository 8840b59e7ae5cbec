#include "heed/corpus/formats/sub_flows.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <string_view>

#include "heed/corpus/formats/xml_names.h"

namespace heed {
namespace {

constexpr int deepest = 256;

struct SubFlow {
  std::string key;  // of the code that it stands in, and its number there; empty if the code has no id
  pugi::xml_node element;
};

/// What a code is called on both sides: TMX has an x for it, XLIFF an id.
std::string key_of(const pugi::xml_node& code) {
  for (const char* name : {"x", "rid", "id"})
    if (const pugi::xml_attribute id = code.attribute(name); !id.empty())
      return std::string(local_name(code)) + ' ' + id.value();
  return {};
}

bool is_code(const pugi::xml_node& element) {
  static constexpr std::array<std::string_view, 5> codes{"bpt", "ept", "ph", "it", "ut"};
  return std::ranges::find(codes, local_name(element)) != codes.end();
}

void gather(const pugi::xml_node& element, std::vector<SubFlow>& found, int depth) {
  if (depth > deepest) return;
  const bool within_code = is_code(element);
  const std::string key = within_code ? key_of(element) : std::string();
  Index number = 0;
  for (const pugi::xml_node& child : element.children()) {
    if (child.type() != pugi::node_element) continue;
    if (within_code && local_name(child) == "sub")
      found.push_back({key.empty() ? key : key + ' ' + std::to_string(number++), child});
    else
      gather(child, found, depth + 1);
  }
}

std::vector<SubFlow> gathered(const pugi::xml_node& segment) {
  std::vector<SubFlow> found;
  gather(segment, found, 0);
  return found;
}

/// By key; nothing where one is missing or not the only one.
std::map<std::string, pugi::xml_node> by_key(const std::vector<SubFlow>& flows) {
  std::map<std::string, pugi::xml_node> result;
  for (const SubFlow& flow : flows)
    if (flow.key.empty() || !result.emplace(flow.key, flow.element).second) return {};
  return result;
}

}  // namespace

SubFlows sub_flows_of(const pugi::xml_node& source, const pugi::xml_node& target) {
  const std::vector<SubFlow> from = gathered(source), to = gathered(target);
  SubFlows result;
  const auto targets = by_key(to);
  const bool told =
      !targets.empty() && !by_key(from).empty() &&
      std::ranges::any_of(from, [&](const SubFlow& flow) { return targets.contains(flow.key); });
  if (told) {
    for (const SubFlow& flow : from)
      if (const auto found = targets.find(flow.key); found != targets.end())
        result.pairs.emplace_back(flow.element, found->second);
  } else if (from.size() == to.size()) {
    for (std::size_t i = 0; i < from.size(); ++i) result.pairs.emplace_back(from[i].element, to[i].element);
  }
  result.unpaired = std::ssize(from) + std::ssize(to) - 2 * std::ssize(result.pairs);
  return result;
}

}  // namespace heed
