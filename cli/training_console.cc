#include "cli/training_console.h"

#include <fmt/format.h>

#include "heed/base/process_memory.h"
#include "heed/base/quantities.h"
#include "heed/base/settings_json.h"

namespace heed {
namespace {

nlohmann::ordered_json measures(const ValidationResult& result) {
  return {{"loss", result.loss},
          {"perplexity", result.perplexity},
          {"bleu", result.bleu},
          {"chrf", result.chrf},
          {"exact_match", result.exact_match}};
}

nlohmann::ordered_json fields_of(const ReadReport& report) {
  return {{"read", report.read},
          {"kept", report.kept},
          {"empty_source", report.empty_source},
          {"empty_target", report.empty_target},
          {"invalid", report.invalid},
          {"too_long", report.too_long},
          {"unbalanced", report.unbalanced}};
}

nlohmann::ordered_json fields_of(const LengthGroup& group) {
  return {{"from", group.from},
          {"to", group.to},
          {"sentences", group.sentences},
          {"bleu", group.bleu},
          {"chrf", group.chrf}};
}

}  // namespace

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
  log_.write("begin", {{"update", r.update},
                       {"options", to_json(r.options)},
                       {"model", to_json(r.config)},
                       {"parameters", r.parameters},
                       {"training", fields_of(r.training)},
                       {"validation", fields_of(r.validation)},
                       {"source_tokens", r.source_tokens},
                       {"target_tokens", r.target_tokens}});
}

void TrainingConsole::updated(const UpdateReport& r) {
  const auto tokens = static_cast<double>(r.target_tokens);
  if (begun_seconds_ < 0) {
    begun_seconds_ = r.run_seconds - r.seconds;
    begun_share_ = r.share_done;
  }
  tokens_ += tokens;
  seconds_ += r.seconds;
  loss_ += r.loss * tokens;
  if (!r.applied) note(fmt::format("warning: update {} was skipped: its gradient is not finite", r.update));
  if (progress_.due()) {
    progress_.show(fmt::format(
        "update {}  epoch {} ({}/{})  loss {:.3f}  {}  rate {:.2e}  |gradient| {:.2f}  {}", r.update,
        r.epoch + 1, r.batch, r.batches_in_epoch, loss_ / tokens_, rate_text(tokens_, seconds_, "tokens"),
        r.learning_rate, r.gradient_norm,
        time_left_text(r.share_done - begun_share_, 1 - begun_share_, r.run_seconds - begun_seconds_)));
    tokens_ = seconds_ = loss_ = 0;
  }
  log_.write("update", {{"update", r.update},
                        {"epoch", r.epoch},
                        {"loss", r.loss},
                        {"learning_rate", r.learning_rate},
                        {"gradient_norm", r.gradient_norm},
                        {"sentences", r.sentences},
                        {"source_tokens", r.source_tokens},
                        {"target_tokens", r.target_tokens},
                        {"seconds", r.seconds},
                        {"run_seconds", r.run_seconds},
                        {"resident_bytes", static_cast<Index>(resident_bytes())},
                        {"applied", r.applied}});
}

void TrainingConsole::validated(const ValidationReport& r) {
  const ValidationResult& v = r.result;
  progress_.print(
      fmt::format("validation at update {}: loss {:.4f}  perplexity {:.2f}  BLEU {:.2f}  chrF {:.2f}  ({}){}",
                  r.update, v.loss, v.perplexity, v.bleu, v.chrf, duration_text(r.seconds),
                  r.best ? "  best so far" : fmt::format("  {} without a better one", r.stale)));
  auto samples = nlohmann::ordered_json::array();
  for (const SampleTranslation& sample : v.samples) {
    progress_.print("  source      " + sample.source);
    progress_.print("  reference   " + sample.reference);
    progress_.print("  translation " + sample.translation);
    samples.push_back(
        {{"source", sample.source}, {"reference", sample.reference}, {"translation", sample.translation}});
  }
  nlohmann::ordered_json fields{{"update", r.update}, {"epoch", r.epoch}};
  fields.update(measures(v));
  fields["best"] = r.best;
  fields["stale"] = r.stale;
  fields["seconds"] = r.seconds;
  auto groups = nlohmann::ordered_json::array();
  for (const LengthGroup& group : v.by_length) groups.push_back(fields_of(group));
  fields["by_length"] = std::move(groups);
  fields["samples"] = std::move(samples);
  log_.write("validation", fields);
}

void TrainingConsole::ended(const TrainingOutcome& outcome) {
  nlohmann::ordered_json fields{{"reason", enum_name(outcome.end)},
                                {"update", outcome.state.update},
                                {"run_seconds", outcome.state.seconds}};
  if (outcome.end != TrainingEnd::interrupted) fields.update(measures(outcome.final));
  log_.write("end", fields);
}

void TrainingConsole::note(const std::string& text) {
  progress_.print(text);
  log_.write("note", {{"text", text}});
}

}  // namespace heed
