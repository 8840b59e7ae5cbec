#include "heed/corpus/report/data_report_json.h"

#include "heed/base/json_text.h"
#include "heed/base/version.h"

namespace heed {
namespace {

using nlohmann::ordered_json;

template <class T>
ordered_json array_of(const std::vector<T>& items, auto make) {
  ordered_json array = ordered_json::array();
  for (const T& item : items) array.push_back(make(item));
  return array;
}

ordered_json examples(const std::vector<DataReport::Example>& items) {
  return array_of(items, [](const DataReport::Example& e) {
    return ordered_json{
        {"where", e.where}, {"dropped", e.dropped}, {"source", e.source}, {"target", e.target}};
  });
}

ordered_json histogram(const Histogram& h) {
  return {
      {"edges", h.edges},    {"counts", h.counts}, {"below", h.below}, {"above", h.above},
      {"least", h.least},    {"median", h.median}, {"mean", h.mean},   {"most_of_99_percent", h.most_of_99},
      {"largest", h.largest}};
}

ordered_json reading(const ReadReport& r) {
  return {{"skipped", array_of(r.skips(),
                               [](const ReadReport::Skip& skip) {
                                 return ordered_json{{"why", skip.why}, {"pairs", skip.pairs}};
                               })},
          {"notes", r.notes},
          {"other_files", r.other_files},
          {"first_other_file", r.first_other_file}};
}

ordered_json filter(const DataReport::Filter& f) {
  return {{"name", f.name},       {"title", f.title},
          {"advice", f.advice},   {"action", enum_name(f.action)},
          {"dropped", f.dropped}, {"dropped_alone", f.dropped_alone},
          {"flagged", f.flagged}, {"examples", examples(f.examples)}};
}

ordered_json fluency(const std::optional<DataReport::Fluency>& f) {
  if (!f) return nullptr;
  return {{"model", f->model},
          {"order", f->order},
          {"learned_words", f->learned_words},
          {"sentences", f->sentences},
          {"words", f->words},
          {"unknown", f->unknown},
          {"impossible", f->impossible},
          {"perplexity", f->perplexity},
          {"perplexity_of_known", f->perplexity_of_known},
          {"log10_perplexities", histogram(f->log10_perplexities)},
          {"least_fluent", array_of(f->least_fluent, [](const DataReport::Fluency::Sentence& s) {
             return ordered_json{{"where", s.where}, {"log10_perplexity", s.log10_perplexity},
                                 {"words", s.words}, {"unknown", s.unknown},
                                 {"text", s.text},   {"other_side", s.other_side}};
           })}};
}

ordered_json side(const DataReport::Side& s) {
  return {{"characters", s.characters},
          {"words", s.words},
          {"lengths", histogram(s.lengths)},
          {"scripts",
           array_of(s.scripts,
                    [](const DataReport::Script& x) {
                      return ordered_json{{"name", x.name}, {"letters", x.letters}, {"texts", x.texts}};
                    })},
          {"languages", array_of(s.languages,
                                 [](const DataReport::Language& x) {
                                   return ordered_json{{"code", x.code}, {"passages", x.passages}};
                                 })},
          {"fluency", fluency(s.fluency)}};
}

ordered_json overlap(const DataReport::Overlap& o) {
  return {{"name", o.name},
          {"pairs", o.pairs},
          {"seen_pairs", o.seen_pairs},
          {"seen_sources", o.seen_sources},
          {"seen_targets", o.seen_targets},
          {"examples", examples(o.examples)}};
}

ordered_json alignment(const std::optional<DataReport::Alignment>& a) {
  if (!a) return nullptr;
  return {
      {"source", a->source},
      {"target", a->target},
      {"source_lines", a->drift.source_lines},
      {"target_lines", a->drift.target_lines},
      {"first_line", a->drift.first_line()},
      {"text", a->drift.text(a->source, a->target)},
      {"parts",
       array_of(
           a->drift.parts,
           [](const Drift::Part& p) {
             return ordered_json{{"source_line", p.source_line}, {"shift", p.shift}, {"related", p.related}};
           })},
      {"around", array_of(a->around, [](const DataReport::Alignment::Line& line) {
         return ordered_json{{"line", line.number}, {"source", line.source}, {"target", line.target}};
       })}};
}

}  // namespace

ordered_json as_json(const DataReport& report) {
  constexpr int schema_version = 1;
  ordered_json settings = ordered_json::object();
  for (const auto& [name, value] : report.settings) settings[name] = value;
  return {{"schema", "heed data report"},
          {"version", schema_version},
          {"heed", version()},
          {"title", report.title},
          {"pairs",
           {{"read", report.read},
            {"kept", report.kept},
            {"dropped", report.dropped},
            {"flagged", report.flagged}}},
          {"reading", reading(report.reading)},
          {"filters", array_of(report.filters, filter)},
          {"source", side(report.source)},
          {"target", side(report.target)},
          {"ratios", histogram(report.ratios)},
          {"overlaps", array_of(report.overlaps, overlap)},
          {"alignment", alignment(report.alignment)},
          {"settings", std::move(settings)}};
}

std::string data_report_json(const DataReport& report) {
  // Bytes that are not UTF-8 become U+FFFD: JSON holds nothing else.
  return text_of_json(as_json(report), 1) + "\n";
}

}  // namespace heed
