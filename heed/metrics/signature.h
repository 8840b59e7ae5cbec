#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace heed {

/// What a score depends on, in sacreBLEU's form: "nrefs:1|case:mixed|...|version:heed-0.1.0". The version
/// comes last and of itself.
std::string make_signature(const std::vector<std::pair<std::string_view, std::string>>& settings);

}  // namespace heed
