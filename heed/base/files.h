#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <iosfwd>
#include <string>
#include <string_view>

namespace heed {

/// The whole of a file. FileError if it cannot be read.
std::string read_file(const std::filesystem::path& path);

/// Writes a file so that a reader finds the old content or the new, never a part: under a temporary name,
/// synced, then renamed, and the folder synced. FileError, with the old file untouched, if any of it fails (a
/// full disk, say). A link stays one: the file behind it is replaced. Pipes and devices are written into.
void write_file(const std::filesystem::path& path, std::string_view content);

/// The same for content that is made in pieces. FileError before anything is written if the disk has no room
/// for `bytes`, where that many are known to come.
void write_file(const std::filesystem::path& path, const std::function<void(std::ostream&)>& write,
                std::uintmax_t bytes = 0);

/// FileError if write_file could not write this file now: for asking before long work, whose result would be
/// lost. What is there stays as it is.
void require_writable(const std::filesystem::path& path);

/// Makes a folder and those above it. FileError if that cannot be.
void make_folder(const std::filesystem::path& path);

/// Whose half-written files: of programs that have ended, or, in a folder that nobody else may write into, of
/// any.
enum class PartialFiles { of_the_dead, of_all };
/// Removes from a folder what programs that were killed while they wrote a file left behind.
void remove_partial_files(const std::filesystem::path& folder,
                          PartialFiles which = PartialFiles::of_the_dead);

}  // namespace heed
