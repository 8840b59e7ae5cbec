#pragma once
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "cli/commands.h"
#include "cli/program.h"

namespace heed {

/// What a command line said and how it ended.
struct Outcome {
  int status = -1;
  std::string out, err;
};

/// Runs a command line in this process.
inline Outcome run(std::vector<std::string> arguments, void (*add)(CLI::App&) = add_commands) {
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  const int status = run_program(std::move(arguments), add);
  return {status, testing::internal::GetCapturedStdout(), testing::internal::GetCapturedStderr()};
}

}  // namespace heed
