#pragma once
#include <string>

#include "heed/service/image_attention_report.h"

namespace heed {

/// The report as one HTML document that needs nothing but a browser. Weights are kept in 8 bits. ShapeError
/// for maps that do not fit the patches, DataError for values that are no attention weights.
std::string image_attention_page(const ImageAttentionReport& report);

}  // namespace heed
