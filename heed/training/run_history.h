#pragma once
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace heed {

/// What became of a run, as its log tells it, over all its parts; what parts of an earlier version say is as
/// today's logs would say it. Updates that the run lost, since it went on
/// from before them (it was killed, or went back), are left out and counted.
struct RunHistory {
  /// One for each update, oldest first: as floats, ready to be drawn. NaN: not known, or not finite.
  struct Updates {
    std::vector<std::int32_t> update;
    std::vector<float> epoch, loss, learning_rate, gradient_norm, tokens_per_second, run_seconds,
        resident_bytes;

    std::size_t size() const { return update.size(); }
  };
  /// What the log says of one start of the program.
  struct Part {
    std::string time, heed;       // when it started; the version
    nlohmann::json start, begin;  // those events; null if they never came
    nlohmann::json end;           // null if the log says nothing of its end
    std::string last_time;        // of its last line
    std::size_t updates = 0;      // done in it
  };

  Updates updates;
  std::vector<nlohmann::json> validations;  // those events
  std::vector<nlohmann::json> incidents;    // notes and other events, in order; "part" says of which part
  std::vector<Part> parts;
  std::size_t lost_updates = 0, skipped_updates = 0;
  std::size_t unreadable_lines = 0;  // no JSON: cut off by a crash, or still being written
};

/// Reads a log (docs/log.md). FileError if it cannot be read, DataError if it is no log of heed or of a later
/// version than is known here.
RunHistory read_run_history(const std::filesystem::path& log);

}  // namespace heed
