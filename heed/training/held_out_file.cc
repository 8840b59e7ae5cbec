#include "heed/training/held_out_file.h"

#include <nlohmann/json.hpp>

#include "heed/base/error.h"
#include "heed/base/files.h"
#include "heed/base/json_text.h"

namespace heed {

void save_held_out(const std::filesystem::path& file, const HeldOutTexts& texts) {
  nlohmann::json all = nlohmann::json::array();
  for (const auto& [first, second] : texts) all.push_back({first, second});
  write_file(file, text_of_json(all) + "\n");
}

std::optional<HeldOutTexts> load_held_out(const std::filesystem::path& file) {
  if (!std::filesystem::exists(file)) return std::nullopt;
  try {
    HeldOutTexts texts;
    for (const auto& each : nlohmann::json::parse(read_file(file)))
      texts.emplace_back(each.at(0).get<std::string>(), each.at(1).get<std::string>());
    return texts;
  } catch (const nlohmann::json::exception& error) {
    throw DataError(message(file.string(), ": is damaged: ", error.what(),
                            "; remove it to have what is validated on drawn anew"));
  }
}

}  // namespace heed
