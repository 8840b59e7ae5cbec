#include <sys/inotify.h>

#include <array>
#include <cstring>
#include <iterator>
#include <memory>
#include <sstream>

#include "heed/base/random.h"
#include "tests/end_to_end/heed_program.h"

namespace heed {
namespace {

/// Sees how files appear in a folder.
class FolderWatch {
 public:
  explicit FolderWatch(const std::filesystem::path& folder)
      : watch_(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK)) {
    EXPECT_GE(::inotify_add_watch(watch_, folder.c_str(), IN_CREATE), 0) << folder;
  }
  ~FolderWatch() { ::close(watch_); }
  FolderWatch(const FolderWatch&) = delete;
  FolderWatch& operator=(const FolderWatch&) = delete;

  /// How many files have appeared since it was last asked; waits for the first, a while.
  int appeared(int milliseconds) const {
    pollfd question{.fd = watch_, .events = POLLIN, .revents = 0};
    if (::poll(&question, 1, milliseconds) != 1) return 0;
    alignas(inotify_event) std::array<char, 8192> buffer;
    const ssize_t bytes = ::read(watch_, buffer.data(), buffer.size());
    int count = 0;
    for (ssize_t at = 0; at < bytes; ++count) {
      inotify_event event;
      std::memcpy(&event, buffer.data() + at, sizeof event);
      at += static_cast<ssize_t>(sizeof event + event.len);
    }
    return count;
  }

 private:
  int watch_;
};

class KilledRun : public HeedProgram {
 protected:
  KilledRun() { make_corpus(); }

  /// Everything that has a state: dropout, accumulation, both averages, early stopping.
  static std::string arguments(const std::string& folder) {
    return tiny("--output " + folder +
                " --updates 24 --validate-every 5 --patience 4 --dropout 0.1 --hidden-dropout 0.1 "
                "--gradient-accumulation 2 "
                "--moving-average 0.7 --average-checkpoints 3 --schedule linear --samples 0 --threads 2");
  }
  /// Starts the run again, with its state saved after every update.
  std::unique_ptr<RunningProgram> start() const {
    std::istringstream words(arguments("model") + " --save-minutes 1e-9");
    return std::make_unique<RunningProgram>(
        folder_, std::vector<std::string>{std::istream_iterator<std::string>(words), {}});
  }
  bool partial_files() const {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_))
      if (entry.path().extension() == ".partial") return true;
    return false;
  }
};

TEST_F(KilledRun, at_any_moments_comes_to_the_same_bytes) {
  const Stopwatch undisturbed;
  ASSERT_EQ(heed(arguments("unbroken")).status, 0);
  const double seconds = undisturbed.seconds();

  constexpr std::uint64_t seed = 20170612;
  SCOPED_TRACE(message("moments drawn with seed ", seed));
  Random random(seed);
  int in_a_save = 0, ended = 0;
  const std::filesystem::path training = folder_ / "model/training";
  for (int life = 0; life < 8; ++life) {
    if (life % 2 == 0) {
      // Whenever: while it starts, learns or validates.
      const auto run = start();
      ::usleep(static_cast<useconds_t>(1e6 * seconds * static_cast<double>(random.uniform())));
      run->signal(SIGKILL);
      ended += run->end().status == 0;
    } else {
      // As soon as the so-manieth file is begun, which is then half written at most.
      std::filesystem::create_directories(training);
      const FolderWatch watch(training);
      const auto run = start();
      const int wanted = 1 + static_cast<int>(random.below(6));
      for (int saves = 0; saves < wanted && run->lives();) saves += watch.appeared(100);
      run->signal(SIGKILL);
      ended += run->end().status == 0;
      in_a_save += partial_files();
    }
  }
  EXPECT_GT(in_a_save, 0);
  RecordProperty("killed_in_a_save", in_a_save);
  RecordProperty("ended_before_it_was_killed", ended);

  const Outcome last = heed(arguments("model"));
  ASSERT_EQ(last.status, 0) << last.err;
  EXPECT_EQ(content("model/model.safetensors"), content("unbroken/model.safetensors"));
  EXPECT_EQ(content("model/config.json"), content("unbroken/config.json"));
  EXPECT_FALSE(partial_files());
}

TEST_F(KilledRun, keeps_others_out_while_it_lives_and_not_after) {
  std::istringstream words(tiny("--output model --updates 1000000 --validate-every 1000000"));
  RunningProgram run(folder_, {std::istream_iterator<std::string>(words), {}});
  ASSERT_TRUE(run.has_said("update 1 "));
  expect_failure(tiny("--output model"), "another program is at work in this folder");
  run.signal(SIGKILL);
  EXPECT_EQ(run.end().status, 128 + SIGKILL);
  EXPECT_EQ(heed(tiny("--output model")).status, 0);
}

}  // namespace
}  // namespace heed
