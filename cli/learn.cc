#include <fmt/format.h>

#include <iostream>

#include "cli/commands.h"
#include "cli/flags.h"
#include "cli/machine_options.h"
#include "heed/base/files.h"
#include "heed/base/interrupt.h"
#include "heed/lesson/lesson.h"
#include "heed/pages/lesson_page.h"

namespace heed {
namespace {

struct LearnOptions {
  std::filesystem::path output = "lesson.html";
  LessonOptions lesson;
  MachineOptions machine;

  static constexpr auto fields() {
    return std::tuple(
        field("output", &LearnOptions::output, "file for the page; an existing one is replaced"));
  }
};

void learn(const LearnOptions& options) {
  require_writable(options.output);
  Backend& backend = options.machine.backend();
  const Interrupt interrupt;
  std::cerr << fmt::format("heed: training a small model for the lesson, {:g} minutes at most\n",
                           options.lesson.minutes);
  const nlohmann::json lesson = make_lesson(backend, options.lesson, [&] { return interrupt.requested(); });
  if (lesson.is_null() || interrupt.requested()) {
    std::cerr << "heed: stopped; nothing was written\n";
    throw CLI::RuntimeError(interrupt.exit_status());
  }
  write_file(options.output, lesson_page(lesson));
  std::cerr << "heed: wrote " << options.output.string() << ": open it in a browser\n";
}

}  // namespace

void add_learn(CLI::App& program) {
  CLI::App* command = program.add_subcommand(
      "learn", "a lesson as a page: from counting words to the Transformer, with numbers computed here");
  auto options = std::make_shared<LearnOptions>();
  add_settings(*command, settings_of(*options, options->lesson));
  add_settings(*command, options->machine.settings());
  command->final_callback([options] { learn(*options); });
}

}  // namespace heed
