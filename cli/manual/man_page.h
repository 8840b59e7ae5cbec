#pragma once
#include <string>

#include "cli/manual/command_tree.h"

namespace heed {

/// The page that `man heed-data-sample` shows, in the man macros of roff; see man-pages(7) for its sections.
std::string man_page(const CommandDescription& command, std::string_view version);

/// "heed-data-sample.1"
std::string man_file(const CommandDescription& command);

}  // namespace heed
