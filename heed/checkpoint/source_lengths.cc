#include "heed/checkpoint/source_lengths.h"

#include "heed/base/files.h"
#include "heed/base/settings_json.h"

namespace heed {
namespace {

std::filesystem::path file_in(const std::filesystem::path& folder) { return folder / "source_lengths.json"; }

}  // namespace

void save_source_lengths(const std::filesystem::path& folder, SourceLengths lengths) {
  write_file(file_in(folder), json_text(settings_of(lengths)));
}

SourceLengths load_source_lengths(const std::filesystem::path& folder) {
  SourceLengths lengths;
  if (!std::filesystem::exists(file_in(folder))) return lengths;
  try {
    set_from_json_text(settings_of(lengths), read_file(file_in(folder)), file_in(folder).string());
  } catch (const ConfigError& error) {
    throw CheckpointError(error.what());
  }
  return lengths;
}

}  // namespace heed
