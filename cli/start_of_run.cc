#include "cli/start_of_run.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/libraries.h"
#include "cli/program.h"
#include "heed/base/machine_memory.h"
#include "heed/base/parallel.h"
#include "heed/base/processors.h"

namespace heed {

nlohmann::ordered_json start_of_run(const Backend& backend) {
  const Processors found = processors();
  const MachineMemory memory = machine_memory();
  nlohmann::ordered_json versions;
  for (const auto& [name, version] : libraries()) versions[name] = version;
  return {{"command", command_line()},
          {"kernels", backend.name()},
          {"threads", thread_count()},
          {"machine",
           {{"processor", found.name},
            {"processors", found.online},
            {"cores", found.cores},
            {"allowed", found.allowed.size()},
            {"memory_bytes", static_cast<Index>(std::min(memory.total, memory.limit.value_or(memory.total)))},
            {"system", system_text()}}},
          {"versions", versions}};
}

}  // namespace heed
