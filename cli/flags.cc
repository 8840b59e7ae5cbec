#include "cli/flags.h"

#include <algorithm>
#include <cctype>
#include <iostream>
#include <memory>
#include <set>

#include "heed/base/settings_yaml.h"

namespace heed {
namespace {

const std::string config_flag = "--config";
const std::string hidden;  // CLI11's help leaves out the group without a name

void set_or_complain(const Setting& setting, const FieldValue& value, const std::string& flag) {
  try {
    setting.set(value, flag);
  } catch (const ConfigError& error) {
    throw CLI::ValidationError(error.what());
  }
}

/// The items of a list flag, given as several words or, but for texts and paths, with commas.
FieldValue list_of(const Setting& setting, const CLI::results_t& words) {
  FieldValue::List list;
  for (const std::string& word : words)
    for (const std::string& item : setting.free_text ? CLI::results_t{word} : CLI::detail::split(word, ','))
      list.push_back({FieldValue::Plain{item}});
  return {std::move(list)};
}

std::string described(const Setting& setting) {
  FieldValue value = setting.get();
  if (is_none(value)) value = setting.usual;
  if (is_none(value)) return setting.help;
  std::string text = shown(value);
  if (const auto* quoted = std::get_if<std::string>(&value.value)) text = *quoted;
  if (setting.kind == Setting::Kind::list) text = text.substr(1, text.size() - 2);
  return text.empty() ? setting.help : setting.help + " [" + text + "]";
}

/// The names of a flag: today's, and those that its setting and the groups around it had before.
struct FlagNames {
  std::string flag;
  std::vector<std::string> former;
};

FlagNames names_of(const Setting& setting, const FlagNames& prefix) {
  FlagNames names{.flag = prefix.flag + setting.name, .former = {}};
  for (const std::string& name : setting.former) names.former.push_back(prefix.flag + name);
  for (const std::string& old_prefix : prefix.former) {
    names.former.push_back(old_prefix + setting.name);
    for (const std::string& name : setting.former) names.former.push_back(old_prefix + name);
  }
  return names;
}

/// What a flag was given under a former name.
struct GivenAsFormer {
  std::string flag;       // the former name
  std::size_t words = 0;  // how many of the option's words came by it
};

void require_one_name(const std::string& flag, const std::string& other) {
  if (!other.empty() && other != flag)
    throw CLI::ValidationError(message(other, " and ", flag, " are the same option; keep one of them"));
}

/// Adds a hidden flag that hands what it is given to the option that has the flag's name of today.
void add_former_name(CLI::App& command, const Setting& setting, CLI::Option* option, const std::string& flag,
                     const std::string& former, const std::shared_ptr<GivenAsFormer>& given) {
  const auto forward = [option, flag, former, given](const std::vector<std::string>& words) {
    require_one_name(former, given->flag);
    if (given->flag.empty()) std::cerr << "heed: " << former << " is now called " << flag << '\n';
    given->flag = former;
    given->words += words.size();
    for (const std::string& word : words) option->add_result(word);
    return true;
  };
  CLI::Option* alias = nullptr;
  if (setting.kind == Setting::Kind::toggle) {
    alias = command.add_flag_function(former + ",!--no-" + former.substr(2), [forward](std::int64_t sign) {
      forward({sign > 0 ? "true" : "false"});
    });
  } else {
    alias = command.add_option(former, forward);
    if (setting.kind == Setting::Kind::list)
      alias->expected(1, CLI::detail::expected_max_vector_size)->allow_extra_args();
  }
  // Handed on as soon as it is met, so that the option counts as given before anything is checked.
  alias->group(hidden)->trigger_on_parse();
}

void add_setting(CLI::App& command, const Setting& setting, const FlagNames& names) {
  const std::string flag = flag_name(names.flag);
  const auto given = std::make_shared<GivenAsFormer>();
  const auto require_today_or_former = [given, flag, &command] {
    if (command.count(flag) != given->words) require_one_name(flag, given->flag);
  };
  CLI::Option* option = nullptr;
  if (setting.kind == Setting::Kind::toggle) {
    const std::string both = flag + ",!--no-" + flag.substr(2);
    const auto set = [setting, flag, require_today_or_former](std::int64_t sign) {
      require_today_or_former();
      set_or_complain(setting, {sign > 0}, flag);
    };
    option = command.add_flag_function(both, set, described(setting));
  } else {
    const auto set = [setting, flag, require_today_or_former](const CLI::results_t& words) {
      const bool list = setting.kind == Setting::Kind::list;
      require_today_or_former();
      set_or_complain(setting, list ? list_of(setting, words) : FieldValue{FieldValue::Plain{words.back()}},
                      flag);
      return true;
    };
    option = command.add_option(flag, set, described(setting));
    option->option_text(setting.symbol);
  }
  option->group(setting.heading.empty() ? "Options" : setting.heading);
  if (setting.kind == Setting::Kind::list)
    option->expected(1, CLI::detail::expected_max_vector_size)->allow_extra_args();
  else
    option->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
  for (const std::string& former : names.former)
    add_former_name(command, setting, option, flag, flag_name(former), given);
}

void add_group(CLI::App& command, const Settings& settings, const FlagNames& prefix) {
  for (const Setting& setting : settings) {
    FlagNames names = names_of(setting, prefix);
    if (setting.kind == Setting::Kind::group) {
      names.flag += '-';
      for (std::string& former : names.former) former += '-';
      add_group(command, setting.members, names);
    } else {
      add_setting(command, setting, names);
    }
  }
}

}  // namespace

std::string flag_name(std::string_view setting, std::string_view prefix) {
  std::string flag = message("--", prefix, setting);
  std::replace(flag.begin(), flag.end(), '_', '-');
  return flag;
}

void add_settings(CLI::App& command, const Settings& settings) { add_group(command, settings, {}); }

void add_config_file(CLI::App& command, const Settings& settings) {
  // The file may be read again by set_what_was_given; each notice is given once.
  const auto told = std::make_shared<std::set<std::string>>();
  const auto notice = [told](const std::string& text) {
    if (told->insert(text).second) std::cerr << "heed: " << text << '\n';
  };
  const auto read = [settings, notice](const CLI::results_t& files) {
    for (const std::string& file : files) set_from_yaml_file(settings, file, notice);
    return true;
  };
  // Read as soon as it is met: the flags are set after all arguments have been seen, so they win.
  command.add_option(config_flag, read, "a YAML file of these options; flags win over it")
      ->option_text("FILE")
      ->trigger_on_parse();
}

void add_environment(CLI::App& command, const std::string& prefix) {
  for (CLI::Option* option : command.get_options()) {
    if (option->get_lnames().empty() || option->get_group() == hidden || option->check_name("--help"))
      continue;
    std::string name = prefix;
    for (const char c : option->get_lnames().front())
      name += c == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    option->envname(name);
  }
}

void set_what_was_given(CLI::App& command) {
  if (CLI::Option* config = command.get_option_no_throw(config_flag); config && config->count() > 0)
    config->run_callback();
  for (CLI::Option* option : command.get_options())
    if (option->count() > 0 && !option->check_name(config_flag) && option->get_group() != hidden)
      option->run_callback();
}

}  // namespace heed
