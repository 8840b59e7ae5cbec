#include "heed/base/mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <mutex>
#include <set>
#include <string_view>
#include <utility>

#include "heed/base/error.h"

namespace heed {
namespace {

/// Where a file is mapped, for the signal handler, which sees nothing but such globals.
struct Region {
  std::atomic<const std::byte*> begin{nullptr};  // null: free
  std::atomic<std::size_t> bytes{0};
  std::atomic<const char*> path{nullptr};
};
std::array<Region, 1024> regions;  // files beyond so many are not explained
static_assert(std::atomic<const std::byte*>::is_always_lock_free, "signal handlers may not lock");

std::mutex guard;  // of all below, and of taking a region
std::set<const MappedFile*> mapped;
std::string changed;  // the first of those that are mapped no more

void say(std::string_view text) {
  // Nothing can be done about a standard error that is gone.
  if (::write(STDERR_FILENO, text.data(), text.size()) < 0) return;
}

extern "C" void tell_of_lost_bytes(int signal, siginfo_t* about, void*) {
  const auto* place = static_cast<const std::byte*>(about->si_addr);
  for (const Region& region : regions) {
    const std::byte* begin = region.begin;
    if (!begin || place < begin || place >= begin + region.bytes) continue;
    say("heed: ");
    say(region.path.load());
    say(": was cut short while it was in use, and the work ends here; start again with a file that is "
        "whole\n");
    ::_exit(1);
  }
  ::signal(signal, SIG_DFL);
  ::raise(signal);  // ends the program as it would have
}

void add(const MappedFile& file) {
  const std::lock_guard lock(guard);
  mapped.insert(&file);
  for (Region& region : regions) {
    if (region.begin) continue;
    region.bytes = file.bytes();
    region.path = file.path().c_str();
    region.begin = file.data();
    return;
  }
}

void remove(const MappedFile& file) {
  const std::lock_guard lock(guard);
  mapped.erase(&file);
  if (changed.empty() && !file.unchanged()) changed = file.path();
  for (Region& region : regions)
    if (region.begin == file.data()) region.begin = nullptr;
}

std::int64_t time_of_change(const struct stat& about) {
  return std::int64_t{about.st_mtim.tv_sec} * 1'000'000'000 + about.st_mtim.tv_nsec;
}

}  // namespace

void watch_mapped_files() {
  {
    const std::lock_guard lock(guard);
    changed.clear();
  }
  struct sigaction action {};
  action.sa_sigaction = tell_of_lost_bytes;
  action.sa_flags = SA_SIGINFO;
  sigemptyset(&action.sa_mask);
  ::sigaction(SIGBUS, &action, nullptr);
}

void require_mapped_files_unchanged() {
  const std::lock_guard lock(guard);
  for (const MappedFile* file : mapped)
    if (changed.empty() && !file->unchanged()) changed = file->path();
  if (changed.empty()) return;
  throw FileError(message(std::exchange(changed, {}),
                          ": was changed by another program while it was in use, so that what was made of it "
                          "may be wrong; start again"));
}

MappedFile::MappedFile(const std::filesystem::path& path) : path_(path.string()) {
  // Without O_NONBLOCK, opening a pipe that nobody writes to would wait for ever.
  file_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  require<FileError>(file_ >= 0, path_, ": cannot be opened: ", std::strerror(errno));
  struct stat about {};
  const bool regular = ::fstat(file_, &about) == 0 && S_ISREG(about.st_mode);
  if (regular && about.st_size > 0) {
    bytes_ = static_cast<std::size_t>(about.st_size);
    void* memory = ::mmap(nullptr, bytes_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_NORESERVE, file_, 0);
    data_ = memory == MAP_FAILED ? nullptr : static_cast<std::byte*>(memory);
    changed_at_ = time_of_change(about);
  }
  const int error = errno;
  if (regular && (data_ || bytes_ == 0)) {
    if (data_) add(*this);
    return;
  }
  ::close(file_);
  require<FileError>(regular, path_, ": is not a regular file");
  throw FileError(message(path_, ": cannot be mapped: ", std::strerror(error)));
}

void MappedFile::read(std::size_t offset, std::span<std::byte> bytes) const {
  while (!bytes.empty()) {
    const ssize_t got = ::pread(file_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    require<FileError>(got >= 0, path_, ": cannot be read: ", std::strerror(errno));
    require<FileError>(got > 0, path_, ": ends before byte ", offset + bytes.size(),
                       "; was it changed while it was in use?");
    offset += static_cast<std::size_t>(got);
    bytes = bytes.subspan(static_cast<std::size_t>(got));
  }
}

void MappedFile::forget() const {
  if (data_) ::madvise(data_, bytes_, MADV_DONTNEED);
}

bool MappedFile::unchanged() const {
  struct stat about {};
  return ::fstat(file_, &about) != 0 ||
         (static_cast<std::size_t>(about.st_size) == bytes_ && time_of_change(about) == changed_at_);
}

MappedFile::~MappedFile() {
  if (data_) {
    remove(*this);
    ::munmap(data_, bytes_);
  }
  ::close(file_);
}

}  // namespace heed
