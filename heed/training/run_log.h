#pragma once
#include <filesystem>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string_view>
#include <vector>

#include "heed/base/index.h"
#include "heed/base/json_lines_log.h"
#include "heed/training/tensorboard_log.h"

namespace heed {

/// The log of a run (docs/log.md), in any number of files and for TensorBoard.
class RunLog {
 public:
  /// What is written from here on goes to this file, too; once if it is named twice. FileError if it cannot
  /// be opened.
  void add_file(const std::filesystem::path& file);
  /// Numbers and sample translations go to event files in this folder, too.
  void add_tensorboard(const std::filesystem::path& folder);

  void write(std::string_view event, const nlohmann::ordered_json& fields);

 private:
  std::vector<std::filesystem::path> paths_;
  std::vector<std::unique_ptr<JsonLinesLog>> files_;
  std::unique_ptr<TensorBoardLog> tensorboard_;
};

/// What TensorBoard is shown of an event of the log.
void write_to_tensorboard(TensorBoardLog& log, std::string_view event, const nlohmann::ordered_json& fields,
                          double time);

}  // namespace heed
