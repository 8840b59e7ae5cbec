#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace heed {

/// Writes what TensorBoard shows: an event file (events.out.tfevents.*) in a folder, a new one each time that
/// a run goes on. Its format: framed records (length, masked CRC-32C, content, masked CRC-32C) of Event
/// messages in protocol buffers. Where the disk fills up it ends, with one warning: the work goes on.
class TensorBoardLog {
 public:
  /// Makes the folder. `time` is in seconds since 1970. FileError if the file cannot be written.
  TensorBoardLog(const std::filesystem::path& folder, double time);
  ~TensorBoardLog();
  TensorBoardLog(const TensorBoardLog&) = delete;
  TensorBoardLog& operator=(const TensorBoardLog&) = delete;

  using Scalars = std::vector<std::pair<std::string, double>>;     // by tag: "training/loss"
  using Texts = std::vector<std::pair<std::string, std::string>>;  // Markdown by tag

  /// From this step on, what earlier files say is no longer true: the run goes on from before it.
  void begin_at(double time, std::int64_t step);
  void add(double time, std::int64_t step, const Scalars& scalars, const Texts& texts = {});

  const std::filesystem::path& file() const { return file_; }

 private:
  void write(std::string_view event);

  std::filesystem::path file_;
  int descriptor_ = -1;
};

/// Text as Markdown that shows it as it is, on one line.
std::string as_markdown(std::string_view text);

}  // namespace heed
