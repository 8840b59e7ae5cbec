#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string_view>

namespace heed {

/// Whether logs of a version (docs/log.md) can be read.
bool is_known_log_version(const nlohmann::json& version);

/// Makes an event of a log of version 1 one of today's: measures lie among the fields of its validations,
/// tokens are whatever the loss is the mean over, and its oldest logs, of before there were other tasks than
/// translation, have other names. `task` is what the run's `begin` says, or empty.
void make_current(nlohmann::json& event, std::string_view task);

}  // namespace heed
