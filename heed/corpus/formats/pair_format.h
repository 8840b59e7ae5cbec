#pragma once
#include <filesystem>
#include <optional>
#include <string_view>

#include "heed/corpus/read_options.h"

namespace heed {

/// The forms that corpora have.
enum class PairFormat { lines, table, tmx, xliff, po, mo, ts };

/// What a file holds, by its content first and its name second; nothing if it is none of them. Files of a
/// language, such as corpus.en or corpus.en.txt.gz, are half of `lines`. FileError if it cannot be read,
/// DataError if its compression or charset is broken.
std::optional<PairFormat> format_of(const std::filesystem::path& path, const ReadOptions& options);

/// The language code that the name of a plain text file ends with, before .txt and what says how it is
/// compressed; empty if there is none.
std::string language_of_name(const std::filesystem::path& path);

/// The file beside this one that has the same name but for its language, which is `wanted`, or the closest to
/// it; nothing if there is none.
std::optional<std::filesystem::path> partner_of(const std::filesystem::path& path, std::string_view wanted);

}  // namespace heed
