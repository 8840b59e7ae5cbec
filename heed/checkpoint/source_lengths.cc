#include "heed/checkpoint/source_lengths.h"

#include "heed/base/settings.h"
#include "heed/checkpoint/settings_file.h"

namespace heed {
namespace {

std::filesystem::path source_lengths_file(const std::filesystem::path& folder) {
  return folder / "source_lengths.json";
}

}  // namespace

void save_source_lengths(const std::filesystem::path& folder, SourceLengths lengths) {
  save_settings_file(source_lengths_file(folder), settings_of(lengths));
}

SourceLengths load_source_lengths(const std::filesystem::path& folder) {
  SourceLengths lengths;
  load_settings_file(source_lengths_file(folder), settings_of(lengths));
  return lengths;
}

}  // namespace heed
