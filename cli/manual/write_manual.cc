#include <filesystem>
#include <iostream>

#include "cli/manual/completion.h"
#include "cli/manual/man_page.h"
#include "heed/base/error.h"
#include "heed/base/files.h"
#include "heed/base/version.h"

namespace heed {
namespace {

void write_manual(const std::filesystem::path& folder) {
  const CommandDescription heed = describe_heed();
  std::filesystem::remove_all(folder);  // no page of a command that there is no more
  make_folder(folder / "man");
  for (const CommandDescription* command : all_of(heed))
    write_file(folder / "man" / man_file(*command), man_page(*command, version()));
  make_folder(folder / "completion");
  write_file(folder / "completion/heed", bash_completion(heed));
  write_file(folder / "completion/_heed", zsh_completion(heed));
  write_file(folder / "completion/heed.fish", fish_completion(heed));
}

}  // namespace
}  // namespace heed

/// A step of the build: writes the man pages and the completion of all commands into a folder, anew.
int main(int count, char** arguments) {
  if (count != 2) {
    std::cerr << "usage: write_manual FOLDER\n";
    return 2;
  }
  try {
    heed::write_manual(arguments[1]);
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "write_manual: " << error.what() << '\n';
    return 1;
  }
}
