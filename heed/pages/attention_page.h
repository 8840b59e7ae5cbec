#pragma once
#include <string>

#include "heed/service/attention_report.h"

namespace heed {

/// The report as one HTML document that needs nothing but a browser: no network, no other file. Weights are
/// kept in 8 bits. ShapeError names the map whose sizes do not fit the tokens, DataError the one whose values
/// are no attention weights.
std::string attention_page(const AttentionReport& report);

}  // namespace heed
