#pragma once
#include <nlohmann/json.hpp>

#include "heed/corpus/report/data_report.h"

namespace heed {

/// The report as a JSON value; what it says is described in docs/data-report.md.
nlohmann::ordered_json as_json(const DataReport& report);

}  // namespace heed
