#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "heed/corpus/read_options.h"
#include "heed/corpus/read_report.h"
#include "heed/corpus/text_pair.h"

namespace heed {

/// Whether a text is UTF-8. If not: DataError, or its place noted when such texts are to be skipped. `where`
/// says FILE:LINE when it is needed.
bool check_utf8(std::string_view text, const std::function<std::string()>& where, const ReadOptions& options,
                ReadReport& report);

/// Counts an entry that cannot be read, where such are to be skipped; else a DataError that names that way
/// out. `what` says FILE:LINE and the reason.
void count_malformed(const std::string& what, const ReadOptions& options, ReadReport& report);

/// Counts a pair that was read; whether it is worth keeping: `valid`, with something on both sides.
bool count_pair(const TextPair& pair, bool valid, ReadReport& report);

}  // namespace heed
