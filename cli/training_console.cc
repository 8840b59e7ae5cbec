#include "cli/training_console.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/flags.h"
#include "heed/base/base64.h"
#include "heed/base/process_memory.h"
#include "heed/base/quantities.h"
#include "heed/base/settings_json.h"

namespace heed {
namespace {

nlohmann::ordered_json fields_of(const SkipReport& r) {
  return {{"update", r.update},
          {"epoch", r.epoch},
          {"loss", r.loss},
          {"gradient_norm", r.gradient_norm},
          {"what", enum_name(r.where.what)},
          {"tensor", r.where.tensor},
          {"tensors", r.where.tensors},
          {"in_a_row", r.in_a_row},
          {"in_all", r.in_all},
          {"examples", r.examples}};
}

nlohmann::ordered_json fields_of(const std::vector<Measure>& measures) {
  auto fields = nlohmann::ordered_json::object();
  for (const Measure& measure : measures) fields[measure.name] = measure.value;
  return fields;
}

nlohmann::ordered_json fields_of(const LengthBucket& bucket) {
  return {{"from", bucket.from},
          {"to", bucket.to},
          {"examples", bucket.examples},
          {"measures", fields_of(bucket.measures)}};
}

/// Whether what validations find may end a run with these options.
bool may_end_before_its_limits(const Settings& options) {
  return std::ranges::any_of(options, [](const Setting& setting) {
    const FieldValue value = setting.get();
    return (setting.name == "stop_at" && !is_none(value)) ||
           (setting.name == "patience" && shown(value) != "0");
  });
}

}  // namespace

std::string flags_to_train_further(const RunState& state, const TrainingConfig& config) {
  std::string flags;
  for (const auto& [limit, value] : raised_limits(state, config))
    flags += fmt::format(" {} {:g}", flag_name(limit), value);
  if (is_good_enough(state, config)) flags += fmt::format(" {} none", flag_name("stop_at"));
  return flags;
}

TrainingConsole::TrainingConsole(const TrainingLogs& logs, nlohmann::ordered_json start)
    : start_(std::move(start)) {
  if (!logs.log.empty()) log_.add_file(logs.log);
  if (!logs.tensorboard.empty()) log_.add_tensorboard(logs.tensorboard);
}

void TrainingConsole::entered(const std::filesystem::path& folder) {
  log_.add_file(RunFolder(folder).log_file());
  log_.write("start", start_);
}

void TrainingConsole::began(const RunStart& r) {
  ModelConfig model = r.config;
  nlohmann::ordered_json fields{{"update", r.update},
                                {"options", to_json(r.options)},
                                {"task", r.task},
                                {"architecture", model.architecture().name},
                                {"model", to_json(model.settings())},
                                {"parameters", r.parameters},
                                {"loss_unit", r.loss_unit}};
  if (r.loss_unit != "token") loss_unit_ = " per " + r.loss_unit;
  at_most_ = may_end_before_its_limits(r.options) ? "at most " : "";
  for (const auto& [name, counts] : r.data)
    for (const auto& [what, count] : counts) fields[name][what] = count;
  log_.write("begin", fields);
}

void TrainingConsole::updated(const UpdateReport& r) {
  if (begun_seconds_ < 0) {
    // As if what came before this part of the run had taken the same time for its share.
    begun_seconds_ = r.run_seconds - r.seconds;
    begun_share_ = r.run_seconds > 0 ? r.share_done * begun_seconds_ / r.run_seconds : 0;
  }
  tokens_ += static_cast<double>(r.tokens);
  seconds_ += r.seconds;
  loss_ += r.loss * r.loss_count;
  loss_count_ += r.loss_count;
  if (progress_.due()) {
    progress_.show(
        fmt::format("update {}  epoch {} ({}/{})  loss {:.3f}{}  {}  rate {:.2e}  |gradient| {:.2f}  {}",
                    r.update, r.epoch + 1, r.batch, r.batches_in_epoch, loss_ / loss_count_, loss_unit_,
                    rate_text(tokens_, seconds_, "tokens"), r.learning_rate, r.gradient_norm, time_left(r)));
    tokens_ = seconds_ = loss_ = loss_count_ = 0;
  }
  log_.write("update", {{"update", r.update},
                        {"epoch", r.epoch},
                        {"loss", r.loss},
                        {"loss_count", r.loss_count},
                        {"learning_rate", r.learning_rate},
                        {"gradient_norm", r.gradient_norm},
                        {"examples", r.examples},
                        {"tokens", r.tokens},
                        {"rows", r.rows},
                        {"seconds", r.seconds},
                        {"run_seconds", r.run_seconds},
                        {"resident_bytes", static_cast<Index>(resident_bytes())},
                        {"applied", r.applied}});
}

/// How long it is to the nearest limit at the speed so far, validations included.
std::string TrainingConsole::time_left(const UpdateReport& r) const {
  const std::string left =
      time_left_text(r.share_done - begun_share_, 1 - begun_share_, r.run_seconds - begun_seconds_);
  return left.empty() ? left : at_most_ + left;
}

void TrainingConsole::validated(const ValidationReport& r) {
  const Validation& v = r.result;
  progress_.print(fmt::format("validation at update {}: {}  ({}){}", r.update, measures_text(v.measures),
                              duration_text(r.seconds),
                              r.best ? "  best so far" : fmt::format("  {} without a better one", r.stale)));
  auto samples = nlohmann::ordered_json::array();
  for (const Sample& sample : v.samples) {
    nlohmann::ordered_json parts;
    for (const auto& [name, text] : sample.parts) {
      progress_.print(fmt::format("  {:<11} {}", name, text));
      parts[name] = text;
    }
    if (!sample.picture.empty())
      parts["picture"] = {
          {"png", base64(std::span(reinterpret_cast<const std::uint8_t*>(sample.picture.data()),
                                   sample.picture.size()))}};
    samples.push_back(std::move(parts));
  }
  auto groups = nlohmann::ordered_json::array();
  for (const LengthBucket& bucket : v.by_length) groups.push_back(fields_of(bucket));
  log_.write("validation", {{"update", r.update},
                            {"epoch", r.epoch},
                            {"measures", fields_of(v.measures)},
                            {"best", r.best},
                            {"stale", r.stale},
                            {"seconds", r.seconds},
                            {"by_length", std::move(groups)},
                            {"samples", std::move(samples)}});
}

void TrainingConsole::skipped(const SkipReport& r) {
  progress_.print(
      fmt::format("warning: update {} was left out: loss {:.3f}, not finite: {} ({} in a row, {} in all)",
                  r.update, r.loss, r.where.text(), r.in_a_row, r.in_all));
  // The others of a row have the same cause.
  if (r.in_a_row == 1) print_examples(r);
  log_.write("skip", fields_of(r));
}

void TrainingConsole::rolled_back(const RollbackReport& r) {
  progress_.print(
      fmt::format("warning: the run diverged: {} updates in a row were not finite, the last for {}; it goes "
                  "back from update {} "
                  "to {}, at {:g} times the learning rate of its options",
                  r.last.in_a_row, r.last.where.text(), r.from, r.to, r.rate_factor));
  print_examples(r.last);
  log_.write("rollback", {{"from", r.from},
                          {"to", r.to},
                          {"rate_factor", r.rate_factor},
                          {"rollbacks", r.rollbacks},
                          {"last", fields_of(r.last)}});
}

void TrainingConsole::print_examples(const SkipReport& r) {
  constexpr std::size_t shown = 3;
  progress_.print(fmt::format("  of {} examples, the first being:", r.examples.size()));
  for (std::size_t i = 0; i < std::min(shown, r.examples.size()); ++i) progress_.print("  " + r.examples[i]);
}

void TrainingConsole::save_failed(Index update, const std::string& why) {
  progress_.print(fmt::format("warning: {}; the run goes on without this file", why));
  log_.write("save_failed", {{"update", update}, {"why", why}});
}

void TrainingConsole::saved_again(Index update) {
  progress_.print(fmt::format("there is room again: the run is saved at update {}", update));
  log_.write("saved_again", {{"update", update}});
}

void TrainingConsole::damaged(const std::string& why, const std::string& instead) {
  progress_.print(fmt::format("warning: {}: {}", why, instead));
  log_.write("damaged", {{"why", why}, {"instead", instead}});
}

void TrainingConsole::ended(const TrainingOutcome& outcome) {
  nlohmann::ordered_json fields{{"reason", enum_name(outcome.end)},
                                {"update", outcome.state.update},
                                {"run_seconds", outcome.state.seconds},
                                {"saved", outcome.unsaved.empty()}};
  if (outcome.end != TrainingEnd::interrupted) fields["measures"] = fields_of(outcome.final.measures);
  log_.write("end", fields);
}

void TrainingConsole::note(const std::string& text) {
  progress_.print(text);
  log_.write("note", {{"text", text}});
}

}  // namespace heed
