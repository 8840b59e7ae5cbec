#include "heed/base/lock_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

#include "heed/base/error.h"
#include "heed/base/files.h"

namespace heed {
namespace {

/// A process, so that another one of its number is not taken for it.
struct Holder {
  std::string machine;
  pid_t process = 0;
  std::string since;  // when it began, in the system's count

  std::string text() const { return message(machine, ' ', process, ' ', since, '\n'); }
};

/// When a process began; empty if there is none.
std::string beginning_of(pid_t process) {
  std::ifstream in(message("/proc/", process, "/stat"));
  std::string line;
  std::getline(in, line);
  // The name, which stands in brackets, may hold anything; what is wanted is the 20th word behind it.
  std::istringstream words(line.substr(std::min(line.size(), line.rfind(')') + 1)));
  std::string word;
  for (int i = 0; i < 20; ++i) words >> word;
  return words ? word : std::string();
}

Holder this_program() {
  std::array<char, 256> name{};
  ::gethostname(name.data(), name.size() - 1);
  return {name.data(), ::getpid(), beginning_of(::getpid())};
}

Holder holder_in(const std::filesystem::path& file) {
  Holder holder;
  std::ifstream in(file);
  in >> holder.machine >> holder.process >> holder.since;
  return holder;
}

/// Whether the process was of this machine and has ended.
bool is_gone(const Holder& holder) {
  return holder.machine == this_program().machine && holder.process > 0 &&
         beginning_of(holder.process) != holder.since;
}

}  // namespace

LockFile::LockFile(std::filesystem::path path) : path_(std::move(path)) {
  for (const bool first : {true, false}) {
    // Only one program can make it, on network file systems, too.
    const int file = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (file >= 0) {
      const std::string text = this_program().text();
      const bool written = ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
      const int error = errno;
      ::close(file);
      if (written) return;
      ::unlink(path_.c_str());
      throw FileError(message(path_.string(), ": cannot be written: ", std::strerror(error)));
    }
    require<FileError>(errno == EEXIST, path_.string(), ": cannot be made: ", std::strerror(errno));
    const Holder holder = holder_in(path_);
    require<FileError>(first && is_gone(holder), path_.parent_path().string(),
                       ": another program is at work in this folder: process ", holder.process, " on ",
                       holder.machine.empty() ? "an unknown machine" : holder.machine,
                       "; wait for its end, or if it is gone, remove ", path_.string());
    ::unlink(path_.c_str());
  }
}

LockFile::~LockFile() { ::unlink(path_.c_str()); }

}  // namespace heed
