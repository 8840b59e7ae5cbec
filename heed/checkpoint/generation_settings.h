#pragma once
#include <filesystem>

#include "heed/base/fields.h"

namespace heed {

/// What a language model's folder says of the texts that it has learned to go on with: generation.json.
struct GenerationSettings {
  bool eos_ends_documents = true;
  bool dialogues = false;

  static constexpr auto fields() {
    return std::tuple(field("eos_ends_documents", &GenerationSettings::eos_ends_documents,
                            "whether documents ended with EOS, so that one begins after it"),
                      field("dialogues", &GenerationSettings::dialogues,
                            "whether they were dialogues, each turn with the mark of its role before it"));
  }
};

void save_generation_settings(const std::filesystem::path& folder, GenerationSettings settings);
/// The defaults if the folder says nothing. CheckpointError if the file is damaged.
GenerationSettings load_generation_settings(const std::filesystem::path& folder);

}  // namespace heed
