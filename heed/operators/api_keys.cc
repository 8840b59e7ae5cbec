#include "heed/operators/api_keys.h"

#include <sstream>

#include "heed/base/files.h"
#include "heed/base/settings.h"

namespace heed {
namespace {

// Of letters and digits, what nobody guesses over a network.
constexpr std::size_t shortest_key = 16;

/// In a time that depends on the length of what was given alone.
bool equal_in_constant_time(std::string_view given, std::string_view key) {
  unsigned difference = given.size() == key.size() ? 0 : 1;
  for (std::size_t i = 0; i < given.size(); ++i)
    difference |= static_cast<unsigned char>(given[i]) ^ static_cast<unsigned char>(key[i % key.size()]);
  return difference == 0;
}

KeyLimits limits_of(std::istringstream& words, const std::string& where) {
  KeyLimits limits;
  const Settings settings = settings_of(limits);
  GivenSettings given;
  for (std::string word; words >> word && !word.starts_with('#');) {
    const std::size_t equals = word.find('=');
    require<ConfigError>(equals != std::string::npos, where,
                         ": a limit is not written NAME=N, as in requests_per_minute=60");
    const Setting& setting = find_setting(settings, word.substr(0, equals), where);
    given.add(setting, setting.name, where, {});
    setting.set({FieldValue::Plain{word.substr(equals + 1)}}, where + ", " + setting.name);
  }
  return limits;
}

}  // namespace

ApiKeys::ApiKeys(const std::filesystem::path& file) {
  std::istringstream lines(read_file(file));
  std::size_t number = 0;
  for (std::string line; std::getline(lines, line);) {
    const std::string where = message("API keys ", file.string(), ", line ", ++number);
    std::istringstream words(line);
    Entry entry;
    if (!(words >> entry.owner.name) || entry.owner.name.starts_with('#')) continue;
    require<ConfigError>(bool(words >> entry.key), where, ": the key is missing; write NAME KEY");
    require<ConfigError>(entry.key.size() >= shortest_key, where, ": the key has fewer than ", shortest_key,
                         " characters; make one with: openssl rand -hex 16");
    for (const Entry& other : entries_) {
      require<ConfigError>(other.owner.name != entry.owner.name, where, ": the name ", entry.owner.name,
                           " comes twice");
      require<ConfigError>(other.key != entry.key, where, ": the key is that of ", other.owner.name, ", too");
    }
    entry.owner.limits = limits_of(words, where);
    entries_.push_back(std::move(entry));
  }
  require<ConfigError>(!entries_.empty(), "API keys ", file.string(),
                       ": there is none; write a line NAME KEY for each");
}

std::optional<KeyOwner> ApiKeys::find(std::string_view key) const {
  const Entry* found = nullptr;
  for (const Entry& entry : entries_)  // all of them, whichever it is
    if (equal_in_constant_time(key, entry.key)) found = &entry;
  if (!found) return std::nullopt;
  return found->owner;
}

}  // namespace heed
