#include "heed/pages/run_page.h"

#include <cstring>
#include <span>

#include "heed/base/base64.h"
#include "heed/base/version.h"
#include "heed/pages/script_json.h"

namespace heed::web {
extern const std::string_view run_html;  // web/run.html, see cmake/heed_embed.cmake
}

namespace heed {
namespace {

using nlohmann::json;

/// Numbers as base64 of their bytes, in this machine's order: that of every machine with a browser.
template <class Number>
std::string packed(const std::vector<Number>& numbers) {
  std::vector<std::uint8_t> bytes(numbers.size() * sizeof(Number));
  if (!bytes.empty()) std::memcpy(bytes.data(), numbers.data(), bytes.size());
  return base64(bytes);
}

json as_json(const RunHistory::Part& part) {
  return {{"time", part.time}, {"heed", part.heed},           {"start", part.start},    {"begin", part.begin},
          {"end", part.end},   {"last_time", part.last_time}, {"updates", part.updates}};
}

}  // namespace

std::string run_page(const RunHistory& history, const RunPageOptions& options) {
  const RunHistory::Updates& all = history.updates;
  json parts = json::array();
  for (const RunHistory::Part& part : history.parts) parts.push_back(as_json(part));
  return page_with_report(web::run_html, {{"title", options.title},
                                          {"running", options.running},
                                          {"heed", version()},
                                          {"parts", std::move(parts)},
                                          {"updates",
                                           {{"update", packed(all.update)},
                                            {"epoch", packed(all.epoch)},
                                            {"loss", packed(all.loss)},
                                            {"learning_rate", packed(all.learning_rate)},
                                            {"gradient_norm", packed(all.gradient_norm)},
                                            {"tokens_per_second", packed(all.tokens_per_second)},
                                            {"run_seconds", packed(all.run_seconds)},
                                            {"resident_bytes", packed(all.resident_bytes)}}},
                                          {"validations", history.validations},
                                          {"incidents", history.incidents},
                                          {"lost_updates", history.lost_updates},
                                          {"skipped_updates", history.skipped_updates},
                                          {"unreadable_lines", history.unreadable_lines}});
}

}  // namespace heed
