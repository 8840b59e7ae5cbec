#include <fmt/format.h>

#include <cmath>
#include <cstdlib>
#include <iostream>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/flags.h"
#include "cli/libraries.h"
#include "cli/machine_options.h"
#include "heed/base/json_text.h"
#include "heed/base/machine_memory.h"
#include "heed/base/pinning.h"
#include "heed/base/processors.h"
#include "heed/base/quantities.h"

namespace heed {
namespace {

using Json = nlohmann::ordered_json;

struct DoctorOptions {
  std::filesystem::path folder = ".";
  bool json = false;
  MachineOptions machine;
};

/// What is found, for programs; the same for people; and what they might want to change.
struct Findings {
  Json json;
  std::string text;
  std::vector<std::string> advice;
  bool sound = true;  // heed can compute here as it was asked to

  void section(std::string_view title) { text += fmt::format("{}{}\n", text.empty() ? "" : "\n", title); }
  void line(std::string_view name, const std::string& value) {
    text += fmt::format("  {:<18} {}\n", name, value);
  }
};

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

void look_at_processor(Findings& found, const Processors& machine) {
  found.section("Processor");
  found.line("name", machine.name);
  found.line("processors", fmt::format("{}{}", machine.online,
                                       machine.cores > 0 ? fmt::format(" on {} cores", machine.cores) : ""));
  found.line("may run on",
             fmt::format("{} of them: {}", machine.allowed.size(), ranges_text(machine.allowed)));
  found.line("time limit",
             machine.quota > 0 ? fmt::format("{:g} processors (control group)", machine.quota) : "none");
  found.json["processor"] = {{"name", machine.name},
                             {"processors", machine.online},
                             {"cores", machine.cores},
                             {"allowed", machine.allowed},
                             {"quota", machine.quota > 0 ? Json(machine.quota) : Json()}};
}

/// Which instructions there are, which are used, and who says so.
void look_at_kernels(Findings& found, const MachineOptions& options) {
  found.section("Instructions");
  Json levels = Json::array();
  std::string here;
  for (const auto& [name, level] : EnumNames<CpuLevel>::names) {
    levels.push_back({{"name", name}, {"runs_here", runs_here(level)}});
    found.line(name, runs_here(level) ? "runs here" : "not on this processor, or not in this build");
  }
  const bool by_flag = options.on.cpu != CpuChoice::automatic;
  const std::string variable = environment("HEED_CPU");
  const std::string why = options.on.backend == BackendKind::reference ? "--backend"
                          : by_flag                                    ? "--cpu"
                          : variable.empty()                           ? "the best"
                                                                       : "HEED_CPU";
  Json used, training;
  if (options.on.backend == BackendKind::reference) {
    found.line("used", "none of them: the reference kernels (--backend reference)");
    training = "float32";
  } else {
    try {
      const CpuLevel level = options.on.level();
      found.line("used", fmt::format("{} ({})", enum_name(level), why));
      used = enum_name(level);
      training = has_fast_bfloat16(level) ? "bfloat16" : "float32";
    } catch (const ConfigError& error) {
      found.line("used", "none");
      found.advice.push_back(error.what());
      found.sound = false;
    }
  }
  found.json["instructions"] = {{"levels", levels}, {"used", used}, {"chosen_by", why}};
  found.json["training_precision"] = training;
  if (training == "bfloat16")
    found.line("training", "bfloat16 products, which have instructions here (--precision auto)");
  if (training == "float32") found.line("training", "float32 products (--precision auto)");
  found.line("translation", "as the weights of a model are stored (--precision auto)");
}

void look_at_threads(Findings& found, const MachineOptions& options, const Processors& machine) {
  const Index used = options.threads_used();
  set_thread_count(static_cast<int>(used));
  const auto free = thread_places();
  pin_threads();
  const auto places = thread_places();
  const bool pinned = places != free;
  unpin_thread();
  found.section("Threads");
  const std::string variable = environment("OMP_NUM_THREADS");
  found.line("used", fmt::format("{}{}", used,
                                 variable.empty() ? "" : fmt::format(" (OMP_NUM_THREADS={})", variable)));
  std::string where;
  for (const auto& place : places) where += (where.empty() ? "" : " | ") + ranges_text(place);
  found.line("pinned", pinned ? "one a processor: " + where : "no, they may run on " + where);
  const std::string wait = environment("OMP_WAIT_POLICY"), looks = environment("GOMP_SPINCOUNT");
  found.line("while they wait", looks.empty()  ? wait + " (OMP_WAIT_POLICY)"
                                : looks == "0" ? "they sleep"
                                               : fmt::format("they spin {} times, then sleep", looks));
  found.json["threads"] = {{"used", used}, {"pinned", pinned}, {"places", places}};
  const auto threads = static_cast<double>(used);
  if (threads > static_cast<double>(machine.allowed.size()))
    found.advice.push_back(
        fmt::format("{} threads share {} processors and wait for each other; give --threads {}", used,
                    machine.allowed.size(), machine.allowed.size()));
  else if (machine.quota > 0 && threads > machine.quota)
    found.advice.push_back(
        fmt::format("{} threads get the time of {:g} processors (control group); give --threads {:.0f}", used,
                    machine.quota, std::max(1.0, std::floor(machine.quota))));
}

void look_at_memory(Findings& found) {
  const MachineMemory memory = machine_memory();
  found.section("Memory");
  found.line("total", bytes_text(memory.total));
  found.line("available", bytes_text(memory.available));
  found.line("limit", memory.limit
                          ? fmt::format("{}, {} of it left (control group)", bytes_text(*memory.limit),
                                        bytes_text(memory.limit_left.value_or(0)))
                          : "none");
  found.line("heed can take", bytes_text(memory.free()));
  const std::string reserved = memory.huge_pages == 0
                                   ? "none set aside"
                                   : fmt::format("{} of {} set aside, {} of them free", memory.huge_pages,
                                                 bytes_text(memory.huge_page_bytes), memory.free_huge_pages);
  const std::string transparent =
      memory.transparent_huge_pages.empty() ? "unknown" : memory.transparent_huge_pages;
  found.line("huge pages", fmt::format("transparent: {}; {}", transparent, reserved));
  const auto whole = [](double bytes) {
    return std::isfinite(bytes) ? Json(static_cast<Index>(bytes)) : Json();
  };
  found.json["memory"] = {{"total_bytes", whole(memory.total)},
                          {"available_bytes", whole(memory.available)},
                          {"limit_bytes", memory.limit ? whole(*memory.limit) : Json()},
                          {"limit_left_bytes", memory.limit_left ? whole(*memory.limit_left) : Json()},
                          {"free_bytes", whole(memory.free())},
                          {"transparent_huge_pages", memory.transparent_huge_pages},
                          {"huge_pages", memory.huge_pages},
                          {"free_huge_pages", memory.free_huge_pages},
                          {"huge_page_bytes", whole(memory.huge_page_bytes)}};
  constexpr double little = 1 << 30;
  if (memory.free() < little)
    found.advice.push_back(fmt::format("only {} of memory are free: enough for tiny models and small batches",
                                       bytes_text(memory.free())));
}

void look_at_devices(Findings& found) {
  const bool nvidia = std::filesystem::exists("/proc/driver/nvidia/version");
  found.section("Devices");
  found.line("cpu", "used");
  found.line("cuda", nvidia ? "this machine has the driver, this build of heed has no kernels for it"
                            : "not in this build of heed");
  found.json["devices"] = {{{"name", "cpu"}, {"used", true}},
                           {{"name", "cuda"}, {"used", false}, {"in_this_build", false}, {"driver", nvidia}}};
}

void look_at_disk(Findings& found, const std::filesystem::path& folder) {
  std::error_code error;
  const auto space = std::filesystem::space(folder, error);
  require<FileError>(!error, folder.string(), ": its disk cannot be looked at: ", error.message());
  const auto available = static_cast<double>(space.available), capacity = static_cast<double>(space.capacity);
  found.section("Disk");
  const std::string path = std::filesystem::canonical(folder).string();
  found.line("folder", path);
  found.line("free", fmt::format("{} of {}", bytes_text(available), bytes_text(capacity)));
  found.json["disk"] = {{"folder", path}, {"free_bytes", space.available}, {"total_bytes", space.capacity}};
  constexpr double little = 2.0 * (1 << 30);
  if (available < little)
    found.advice.push_back(fmt::format("only {} are free in {}: a run keeps several copies of its weights",
                                       bytes_text(available), path));
}

Findings examine(const DoctorOptions& options) {
  Findings found;
  const Processors machine = processors();
  found.section("Program");
  found.json["system"] = system_text();
  for (const auto& [name, version] : libraries()) {
    found.line(name, version);
    found.json["versions"][name] = version;
  }
  found.line("system", system_text());
  look_at_processor(found, machine);
  look_at_kernels(found, options.machine);
  look_at_threads(found, options.machine, machine);
  look_at_memory(found);
  look_at_devices(found);
  look_at_disk(found, options.folder);
  found.json["advice"] = found.advice;
  found.section("Advice");
  for (const std::string& advice : found.advice) found.text += "  " + advice + '\n';
  if (found.advice.empty()) found.text += "  none: all is well\n";
  return found;
}

}  // namespace

void add_doctor(CLI::App& program) {
  CLI::App* command =
      program.add_subcommand("doctor", "show the machine and what heed will use of it, and report problems");
  auto options = std::make_shared<DoctorOptions>();
  command->add_option("folder", options->folder, "where models would lie: its disk is looked at [.]")
      ->option_text("FOLDER");
  command->add_flag("--json", options->json, "print it as JSON");
  add_settings(*command, options->machine.settings());
  command->final_callback([options] {
    const Findings found = examine(*options);
    std::cout << (options->json ? text_of_json(found.json, 2) + '\n' : found.text);
    if (!found.sound) throw CLI::RuntimeError(1);
  });
}

}  // namespace heed
