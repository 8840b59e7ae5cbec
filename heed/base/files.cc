#include "heed/base/files.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstring>
#include <fstream>
#include <optional>

#include "heed/base/error.h"
#include "heed/base/quantities.h"

namespace heed {
namespace {

constexpr std::string_view partial = ".partial";

std::string reason() { return std::strerror(errno); }

/// The process that writes, or wrote, a file of this name; nothing if it is no partial file.
std::optional<pid_t> writer_of(std::string_view name) {
  if (!name.ends_with(partial)) return std::nullopt;
  name.remove_suffix(partial.size());
  const std::size_t dot = name.rfind('.');
  if (dot == name.npos) return std::nullopt;
  pid_t process = 0;
  const auto [end, error] = std::from_chars(name.data() + dot + 1, name.data() + name.size(), process);
  if (error != std::errc{} || end != name.data() + name.size() || process <= 0) return std::nullopt;
  return process;
}

bool runs(pid_t process) { return ::kill(process, 0) == 0 || errno == EPERM; }

void sync_to_disk(const std::filesystem::path& path) {
  const int file = ::open(path.c_str(), O_RDONLY);
  require<FileError>(file >= 0, path.string(), ": cannot be opened: ", reason());
  const int result = ::fsync(file);
  const std::string why = reason();
  ::close(file);
  // Some file systems do not sync folders: EINVAL then says that there is nothing to do.
  require<FileError>(result == 0 || errno == EINVAL, path.string(), ": cannot be synced to disk: ", why);
}

/// A pipe or a device is written into: a new file in its place would take it away.
bool takes_a_stream(const std::filesystem::path& path) {
  std::error_code ignored;
  const auto kind = std::filesystem::status(path, ignored).type();
  using Kind = std::filesystem::file_type;
  return kind == Kind::character || kind == Kind::fifo || kind == Kind::block;
}

void write_stream(const std::filesystem::path& path, const std::function<void(std::ostream&)>& write) {
  errno = 0;
  std::ofstream out(path, std::ios::binary);
  require<FileError>(out.good(), path.string(), ": cannot be written: ", reason());
  write(out);
  out.flush();
  require<FileError>(out.good(), path.string(), ": cannot be written: ", reason());
}

/// What a file is called while this process writes it.
std::filesystem::path partial_of(std::filesystem::path path) {
  path += message(".", ::getpid(), partial);
  return path;
}

std::filesystem::path folder_of(const std::filesystem::path& file) {
  return file.has_parent_path() ? file.parent_path() : ".";
}

/// Where a file system does not tell what is left of it, there is room.
void require_room(const std::filesystem::path& file, std::uintmax_t bytes) {
  std::error_code error;
  const auto space = std::filesystem::space(folder_of(file), error);
  constexpr auto unknown = static_cast<std::uintmax_t>(-1);
  if (error || space.capacity == 0 || space.available == unknown || bytes <= space.available) return;
  throw FileError(message(file.string(), ": cannot be written: it needs ",
                          bytes_text(static_cast<double>(bytes)), ", but the disk has only ",
                          bytes_text(static_cast<double>(space.available)),
                          " left; what was there before is kept"));
}

/// The file that a link leads to, so that the link stays one.
std::filesystem::path behind_links(const std::filesystem::path& path) {
  std::error_code error;
  const auto file = std::filesystem::canonical(path, error);
  return error ? path : file;
}

}  // namespace

std::string read_file(const std::filesystem::path& path) {
  require<FileError>(!std::filesystem::is_directory(path), path.string(),
                     ": is a folder where a file is expected");
  errno = 0;
  std::ifstream in(path, std::ios::binary);
  require<FileError>(in.good(), path.string(), ": cannot be opened: ", reason());
  std::string content((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  require<FileError>(!in.bad(), path.string(), ": cannot be read: ", reason());
  return content;
}

void write_file(const std::filesystem::path& path, std::string_view content) {
  write_file(path, [&](std::ostream& out) {
    out.write(content.data(), static_cast<std::streamsize>(content.size()));
  });
}

void write_file(const std::filesystem::path& path, const std::function<void(std::ostream&)>& write,
                std::uintmax_t bytes) {
  if (takes_a_stream(path)) return write_stream(path, write);
  if (std::filesystem::is_symlink(path)) {
    const auto file = behind_links(path);
    if (file != path) return write_file(file, write, bytes);
  }
  require_room(path, bytes);
  const std::filesystem::path temporary = partial_of(path);
  try {
    errno = 0;
    std::ofstream out(temporary, std::ios::binary | std::ios::trunc);
    require<FileError>(out.good(), path.string(), ": cannot be written: ", reason());
    write(out);
    out.flush();
    require<FileError>(out.good(), path.string(), ": cannot be written: ", reason(),
                       "; what was there before is kept");
    out.close();
    sync_to_disk(temporary);
    std::error_code error;
    std::filesystem::rename(temporary, path, error);
    require<FileError>(!error, path.string(), ": cannot be replaced: ", error.message());
    sync_to_disk(folder_of(path));
  } catch (...) {
    std::error_code ignored;
    std::filesystem::remove(temporary, ignored);
    throw;
  }
}

void require_writable(const std::filesystem::path& path) {
  require<FileError>(!std::filesystem::is_directory(path), path.string(),
                     ": is a folder where a file is expected");
  errno = 0;
  if (takes_a_stream(path)) {
    require<FileError>(::access(path.c_str(), W_OK) == 0, path.string(), ": cannot be written: ", reason());
    return;
  }
  const std::filesystem::path temporary = partial_of(behind_links(path));
  const bool made = std::ofstream(temporary, std::ios::binary | std::ios::trunc).good();
  require<FileError>(made, path.string(), ": cannot be written: ", reason());
  std::error_code ignored;
  std::filesystem::remove(temporary, ignored);
}

void make_folder(const std::filesystem::path& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  // Some libraries take a file of that name for a folder that is there already.
  require<FileError>(!error && std::filesystem::is_directory(path, error), path.string(),
                     ": cannot be made a folder: ", error ? error.message() : "something else has this name");
}

void remove_partial_files(const std::filesystem::path& folder, PartialFiles which) {
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) {
    const auto writer = writer_of(entry.path().filename().string());
    // A program in a container often has the number that the one before it had.
    if (writer && (which == PartialFiles::of_all || *writer == ::getpid() || !runs(*writer)))
      std::filesystem::remove(entry.path(), ignored);
  }
}

}  // namespace heed
