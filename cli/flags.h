#pragma once
#include <CLI/CLI.hpp>

#include "heed/base/settings.h"

namespace heed {

/// Adds a flag for every setting: learning_rate becomes --learning-rate, a bool --x and --no-x, the members
/// of a group --group-member. What is given on the command line is set when the arguments are parsed; a value
/// that does not fit is wrong usage. A former name is a flag that help pages do not show; who uses it is told
/// the new one on standard error, and giving both is wrong usage. The config objects must live until the
/// command has run.
void add_settings(CLI::App& command, const Settings& settings);

/// Adds --config FILE, a YAML file of the same settings under their own names. Flags win over it, wherever
/// they stand; it wins over the defaults. Former names in it are told on standard error.
void add_config_file(CLI::App& command, const Settings& settings);

/// Sets once more what the command line gave, first its --config file, then its flags. For a command that has
/// since read the options of an earlier run into its configs, which must not win over what was asked for now.
void set_what_was_given(CLI::App& command);

/// Reads what is not given as a flag from the environment: --learning-rate from PREFIX_LEARNING_RATE.
void add_environment(CLI::App& command, const std::string& prefix);

/// "--learning-rate" for "learning_rate".
std::string flag_name(std::string_view setting, std::string_view prefix = {});

}  // namespace heed
