#include "cli/flags.h"

#include <algorithm>

#include "heed/base/settings_yaml.h"

namespace heed {
namespace {

const std::string config_flag = "--config";

void set_or_complain(const Setting& setting, const FieldValue& value, const std::string& flag) {
  try {
    setting.set(value, flag);
  } catch (const ConfigError& error) {
    throw CLI::ValidationError(error.what());
  }
}

/// The items of a list flag, given as several words or, but for texts and paths, with commas.
FieldValue list_of(const Setting& setting, const CLI::results_t& words) {
  const bool commas = !setting.symbol.starts_with("TEXT") && !setting.symbol.starts_with("PATH");
  FieldValue::List list;
  for (const std::string& word : words)
    for (const std::string& item : commas ? CLI::detail::split(word, ',') : CLI::results_t{word})
      list.push_back({FieldValue::Plain{item}});
  return {std::move(list)};
}

std::string described(const Setting& setting) {
  const FieldValue value = setting.get();
  if (is_none(value)) return setting.help;
  std::string text = shown(value);
  if (const auto* quoted = std::get_if<std::string>(&value.value)) text = *quoted;
  if (setting.kind == Setting::Kind::list) text = text.substr(1, text.size() - 2);
  return text.empty() ? setting.help : setting.help + " [" + text + "]";
}

void add_setting(CLI::App& command, const Setting& setting, const std::string& prefix) {
  const std::string flag = flag_name(setting.name, prefix);
  if (setting.kind == Setting::Kind::toggle) {
    const std::string both = flag + ",!--no-" + flag.substr(2);
    const auto set = [setting, flag](std::int64_t sign) { set_or_complain(setting, {sign > 0}, flag); };
    command.add_flag_function(both, set, described(setting))
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast)
        ->group(setting.heading.empty() ? "Options" : setting.heading);
    return;
  }
  const auto set = [setting, flag](const CLI::results_t& words) {
    const bool list = setting.kind == Setting::Kind::list;
    set_or_complain(setting, list ? list_of(setting, words) : FieldValue{FieldValue::Plain{words.back()}},
                    flag);
    return true;
  };
  CLI::Option* option = command.add_option(flag, set, described(setting));
  option->option_text(setting.symbol)->group(setting.heading.empty() ? "Options" : setting.heading);
  if (setting.kind == Setting::Kind::list)
    option->expected(1, CLI::detail::expected_max_vector_size)->allow_extra_args();
  else
    option->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
}

void add_group(CLI::App& command, const Settings& settings, const std::string& prefix) {
  for (const Setting& setting : settings) {
    if (setting.kind == Setting::Kind::group)
      add_group(command, setting.members, prefix + setting.name + "-");
    else
      add_setting(command, setting, prefix);
  }
}

}  // namespace

std::string flag_name(std::string_view setting, std::string_view prefix) {
  std::string flag = message("--", prefix, setting);
  std::replace(flag.begin(), flag.end(), '_', '-');
  return flag;
}

void add_settings(CLI::App& command, const Settings& settings) { add_group(command, settings, ""); }

void add_config_file(CLI::App& command, const Settings& settings) {
  const auto read = [settings](const CLI::results_t& files) {
    for (const std::string& file : files) set_from_yaml_file(settings, file);
    return true;
  };
  // Read as soon as it is met: the flags are set after all arguments have been seen, so they win.
  command.add_option(config_flag, read, "a YAML file of these options; flags win over it")
      ->option_text("FILE")
      ->trigger_on_parse();
}

void set_what_was_given(CLI::App& command) {
  if (CLI::Option* config = command.get_option_no_throw(config_flag); config && config->count() > 0)
    config->run_callback();
  for (CLI::Option* option : command.get_options())
    if (option->count() > 0 && !option->check_name(config_flag)) option->run_callback();
}

}  // namespace heed
