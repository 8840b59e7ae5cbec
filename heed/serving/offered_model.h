#pragma once
#include <compare>
#include <filesystem>
#include <string>
#include <string_view>

namespace heed {

/// From which language to which, as codes (en, pt-BR).
struct LanguagePair {
  std::string source, target;
  auto operator<=>(const LanguagePair&) const = default;
};

/// A translator that is offered: its folder, and what it translates.
struct OfferedModel {
  std::filesystem::path folder;
  LanguagePair languages;
};

/// What a user names as FOLDER, or as en-de=FOLDER where the folder does not say its languages or says others
/// than are wanted. Codes with a hyphen of their own take a colon: pt-BR:en=FOLDER. Names of files and
/// folders say nothing. ConfigError if the languages are not known; CheckpointError for a folder that is
/// damaged.
OfferedModel offered_model(std::string_view name);

}  // namespace heed
