#pragma once
#include <string>

#include "heed/corpus/report/data_report.h"

namespace heed {

/// The report as one HTML document that needs nothing but a browser: no network, no other file.
std::string data_report_page(const DataReport& report);

}  // namespace heed
