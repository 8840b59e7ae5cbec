#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>

namespace heed {

/// A lesson (lesson.h) as one HTML document that needs nothing but a browser: no network, no other file.
std::string lesson_page(const nlohmann::json& lesson);

}  // namespace heed
