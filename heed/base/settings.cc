#include "heed/base/settings.h"

#include <fmt/format.h>

#include <cmath>
#include <set>

#include "heed/base/suggestions.h"

namespace heed {
namespace settings_detail {

std::string within(std::string_view noun, const Bounds& bounds) {
  if (std::isfinite(bounds.min) && std::isfinite(bounds.max))
    return fmt::format("{} from {} to {}", noun, bounds.min, bounds.max);
  if (std::isfinite(bounds.min)) return fmt::format("{} of at least {}", noun, bounds.min);
  if (std::isfinite(bounds.max)) return fmt::format("{} of at most {}", noun, bounds.max);
  return std::string(noun);
}

std::string listed(const std::vector<std::string>& choices, std::string_view separator) {
  return fmt::format("{}", fmt::join(choices, separator));
}

void refuse(std::string_view where, std::string_view expected, const FieldValue& found) {
  throw ConfigError(fmt::format("{}: expected {}, found {}", where, expected, shown(found)));
}

void require_distinct(const Settings& settings) {
  std::set<std::string_view> names;
  const auto add = [&](const std::string& name) {
    if (!names.insert(name).second) throw std::logic_error("two settings are called " + name);
  };
  for (const Setting& setting : settings) {
    add(setting.name);
    std::ranges::for_each(setting.former, add);
  }
}

Setting setting_named(std::string_view name, std::string_view heading, std::string_view help,
                      const FormerNames& former) {
  Setting setting{.name = std::string(name), .heading = std::string(heading), .help = std::string(help)};
  for (const std::string_view each : former)
    if (!each.empty()) setting.former.emplace_back(each);
  return setting;
}

template void refer_to(Setting&, bool&, const Bounds&);
template void refer_to(Setting&, Index&, const Bounds&);
template void refer_to(Setting&, float&, const Bounds&);
template void refer_to(Setting&, double&, const Bounds&);
template void refer_to(Setting&, std::string&, const Bounds&);
template void refer_to(Setting&, std::filesystem::path&, const Bounds&);
template void refer_to(Setting&, std::optional<Index>&, const Bounds&);
template void refer_to(Setting&, std::optional<double>&, const Bounds&);
template void refer_to(Setting&, std::optional<std::string>&, const Bounds&);
template void refer_to(Setting&, std::vector<double>&, const Bounds&);
template void refer_to(Setting&, std::vector<std::string>&, const Bounds&);
template void refer_to(Setting&, std::vector<std::filesystem::path>&, const Bounds&);

}  // namespace settings_detail

bool Setting::is_choice(const FieldValue& value) const {
  const auto word = as_text(value);
  return word && std::ranges::find(choices, *word) != choices.end();
}

const Setting& find_setting(const Settings& settings, std::string_view name, std::string_view where,
                            std::string_view prefix) {
  std::vector<std::string> names;
  for (const Setting& setting : settings) {
    if (setting.name == name || std::ranges::find(setting.former, name) != setting.former.end())
      return setting;
    names.push_back(fmt::format("{}{}", prefix, setting.name));
  }
  const std::string key = fmt::format("{}{}", prefix, name);
  throw ConfigError(fmt::format("{}: unknown key '{}'{}", where, key, did_you_mean(key, names)));
}

void GivenSettings::add(const Setting& setting, std::string_view as, std::string_view where,
                        std::string_view prefix) {
  const auto [earlier, fresh] = given_.emplace(setting.name, as);
  if (fresh) return;
  require<ConfigError>(earlier->second != as, where, ": '", prefix, as, "' is given twice; keep one of them");
  throw ConfigError(message(where, ": '", prefix, earlier->second, "' and '", prefix, as,
                            "' are the same setting; keep '", prefix, setting.name, "'"));
}

}  // namespace heed
