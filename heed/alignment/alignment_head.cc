#include "heed/alignment/alignment_head.h"

#include "heed/base/settings.h"
#include "heed/checkpoint/settings_file.h"

namespace heed {
namespace {

std::filesystem::path file_in(const std::filesystem::path& folder) { return folder / "alignment.json"; }

}  // namespace

void save_alignment_head(const std::filesystem::path& folder, AlignmentHead head) {
  save_settings_file(file_in(folder), settings_of(head));
}

AlignmentHead load_alignment_head(const std::filesystem::path& folder) {
  AlignmentHead head;
  load_settings_file(file_in(folder), settings_of(head));
  return head;
}

}  // namespace heed
