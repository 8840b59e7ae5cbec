#include "cli/training_console.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

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
          {"sentences", r.sentences}};
}

nlohmann::ordered_json measures(const ValidationResult& result) {
  return {{"loss", result.loss},
          {"perplexity", result.perplexity},
          {"bleu", result.bleu},
          {"chrf", result.chrf},
          {"exact_match", result.exact_match}};
}

nlohmann::ordered_json fields_of(const ReadReport& report) {
  nlohmann::ordered_json fields{{"read", report.read},
                                {"kept", report.kept},
                                {"empty_source", report.empty_source},
                                {"empty_target", report.empty_target},
                                {"invalid", report.invalid},
                                {"untranslated", report.untranslated},
                                {"drafts", report.drafts},
                                {"fuzzy", report.fuzzy},
                                {"obsolete", report.obsolete},
                                {"not_for_translation", report.not_for_translation},
                                {"unclear_plurals", report.unclear_plurals},
                                {"other_language", report.other_language},
                                {"too_long", report.too_long},
                                {"unbalanced", report.unbalanced}};
  for (const ReadReport::Filtered& filter : report.filtered) fields[filter.why] = filter.count;
  return fields;
}

nlohmann::ordered_json fields_of(const LengthBucket& group) {
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
  ModelConfig model = r.config;
  log_.write("begin", {{"update", r.update},
                       {"options", to_json(r.options)},
                       {"architecture", enum_name(architecture_of(model))},
                       {"model", to_json(settings_of(model))},
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
  for (const LengthBucket& group : v.by_length) groups.push_back(fields_of(group));
  fields["by_length"] = std::move(groups);
  fields["samples"] = std::move(samples);
  log_.write("validation", fields);
}

void TrainingConsole::skipped(const SkipReport& r) {
  progress_.print(
      fmt::format("warning: update {} was left out: loss {:.3f}, not finite: {} ({} in a row, {} in all)",
                  r.update, r.loss, r.where.text(), r.in_a_row, r.in_all));
  // The others of a row have the same cause.
  if (r.in_a_row == 1) print_sentences(r);
  log_.write("skip", fields_of(r));
}

void TrainingConsole::rolled_back(const RollbackReport& r) {
  progress_.print(
      fmt::format("warning: the run diverged: {} updates in a row were not finite, the last for {}; it goes "
                  "back from update {} "
                  "to {}, at {:g} times the learning rate of its options",
                  r.last.in_a_row, r.last.where.text(), r.from, r.to, r.rate_factor));
  print_sentences(r.last);
  log_.write("rollback", {{"from", r.from},
                          {"to", r.to},
                          {"rate_factor", r.rate_factor},
                          {"rollbacks", r.rollbacks},
                          {"last", fields_of(r.last)}});
}

void TrainingConsole::print_sentences(const SkipReport& r) {
  constexpr std::size_t shown = 3;
  progress_.print(fmt::format("  of {} sentences, the first being:", r.sentences.size()));
  for (std::size_t i = 0; i < std::min(shown, r.sentences.size()); ++i)
    progress_.print("  source      " + r.sentences[i]);
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
  if (outcome.end != TrainingEnd::interrupted) fields.update(measures(outcome.final));
  log_.write("end", fields);
}

void TrainingConsole::note(const std::string& text) {
  progress_.print(text);
  log_.write("note", {{"text", text}});
}

}  // namespace heed
