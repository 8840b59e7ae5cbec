#include "heed/training/run_history.h"

#include <algorithm>
#include <fstream>
#include <limits>
#include <sstream>

#include "heed/base/error.h"
#include "heed/base/files.h"
#include "heed/base/index.h"
#include "heed/base/json_lines_log.h"
#include "heed/base/json_text.h"
#include "heed/training/former_log.h"

namespace heed {
namespace {

using nlohmann::json;

double number(const json& event, const char* name) {
  const auto found = event.find(name);
  return found != event.end() && found->is_number() ? found->get<double>()
                                                    : std::numeric_limits<double>::quiet_NaN();
}

/// 0 where there is none.
Index whole_number(const json& event, const char* name) {
  const double value = number(event, name);
  return value > 0 && value < std::numeric_limits<std::int32_t>::max() ? static_cast<Index>(value) : 0;
}

std::string text(const json& event, const char* name) {
  const auto found = event.find(name);
  return found != event.end() && found->is_string() ? found->get<std::string>() : "";
}

/// Takes the lines of a log one by one.
class Reader {
 public:
  explicit Reader(RunHistory& history) : history_(history) {}

  void take(json line) {
    if (line.contains("schema")) return begin_part(line);
    if (history_.parts.empty()) return;
    RunHistory::Part& part = history_.parts.back();
    part.last_time = text(line, "time");
    const std::string event = text(line, "event");
    if (event == "begin") task_ = text(line, "task");
    if (version_ != JsonLinesLog::version) make_current(line, task_);
    if (event == "update") return update(line);
    if (event == "validation") return validation(line);
    if (event == "start") part.start = line;
    if (event == "begin") part.begin = line;
    if (event == "end") part.end = line;
    if (event == "rollback") forget_after(whole_number(line, "to"));
    if (event == "start" || event == "begin") return;
    json incident = line;
    incident["part"] = history_.parts.size() - 1;
    history_.incidents.push_back(std::move(incident));
  }

 private:
  void begin_part(const json& line) {
    RunHistory::Part part;
    part.time = part.last_time = text(line, "time");
    part.heed = text(line, "heed");
    version_ = line["version"];
    history_.parts.push_back(std::move(part));
  }

  void update(const json& line) {
    const Index update = whole_number(line, "update");
    if (update < 1) return;
    forget_after(update - 1);
    const auto keep = [&](std::vector<float>& column, const char* name) {
      column.push_back(static_cast<float>(number(line, name)));
    };
    RunHistory::Updates& all = history_.updates;
    all.update.push_back(static_cast<std::int32_t>(update));
    keep(all.epoch, "epoch");
    keep(all.loss, "loss");
    keep(all.learning_rate, "learning_rate");
    keep(all.gradient_norm, "gradient_norm");
    keep(all.run_seconds, "run_seconds");
    keep(all.resident_bytes, "resident_bytes");
    all.tokens_per_second.push_back(static_cast<float>(number(line, "tokens") / number(line, "seconds")));
    if (line.value("applied", json(true)) == json(false)) ++history_.skipped_updates;
    ++history_.parts.back().updates;
  }

  void validation(const json& line) {
    const Index update = whole_number(line, "update");
    std::erase_if(history_.validations, [&](const json& v) { return whole_number(v, "update") >= update; });
    history_.validations.push_back(line);
  }

  /// The run goes on from this update: what came after it is no part of it any more.
  void forget_after(Index update) {
    RunHistory::Updates& all = history_.updates;
    const auto first = std::upper_bound(all.update.begin(), all.update.end(), update);
    const auto lost = static_cast<std::size_t>(all.update.end() - first);
    if (lost == 0) return;
    history_.lost_updates += lost;
    all.update.resize(all.update.size() - lost);
    for (auto* column : {&all.epoch, &all.loss, &all.learning_rate, &all.gradient_norm,
                         &all.tokens_per_second, &all.run_seconds, &all.resident_bytes})
      column->resize(all.update.size());
    std::erase_if(history_.validations, [&](const json& v) { return whole_number(v, "update") > update; });
  }

  RunHistory& history_;
  // Of the part that is read: a run may go on under a later heed, whose log is of a later version.
  int version_ = 0;
  std::string task_;
};

}  // namespace

RunHistory read_run_history(const std::filesystem::path& log) {
  RunHistory history;
  Reader reader(history);
  std::istringstream in(read_file(log));
  Index number = 0;
  for (std::string text; std::getline(in, text);) {
    ++number;
    json line = json::parse(text, nullptr, /*allow_exceptions=*/false);
    if (!line.is_object()) {
      history.unreadable_lines += !text.empty();
      continue;
    }
    if (line.contains("schema")) {
      require<DataError>(line["schema"] == "heed-log", log.string(), ":", number, ": is a log of ",
                         text_of_json(line["schema"]), ", not of heed");
      const json version = line.value("version", json());
      require<DataError>(is_known_log_version(version), log.string(), ":", number, ": the log is of version ",
                         text_of_json(version), ", this version of heed reads versions 1 to ",
                         JsonLinesLog::version, "; take a newer heed");
    }
    reader.take(std::move(line));
  }
  require<DataError>(!history.parts.empty(), log.string(),
                     ": is not the log of a run: it has no line with \"schema\": \"heed-log\"");
  return history;
}

}  // namespace heed
