#include "heed/tasks/text_pairs/corpus_preparation.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "heed/base/crc32.h"
#include "heed/base/quantities.h"
#include "heed/base/settings.h"
#include "heed/base/stopwatch.h"
#include "heed/corpus/filters/filtered_reader.h"
#include "heed/data/example_store.h"
#include "heed/tasks/text_pairs/prepared_notes.h"
#include "heed/tasks/text_pairs/validation_set.h"
#include "heed/training/held_out_file.h"

namespace heed {
namespace {

/// All that is trained on, one source after the other, but for what is held out. A pass that takes long says
/// how far it is.
class TrainingReader final : public PairReader {
 public:
  /// `doing` says what the pass is for.
  TrainingReader(const CorpusSources& sources, const HeldOutRule& held_out, ReadReport& report,
                 TrainingObserver& observer, std::string_view doing)
      : sources_(sources.training),
        held_out_(held_out),
        report_(report),
        observer_(observer),
        doing_(doing) {}

  bool next(TextPair& pair) override {
    for (;;) {
      if (!reader_) {
        if (ends_.size() == sources_.size()) return false;
        reader_ = sources_[ends_.size()].pairs->open(report_);
      }
      if (!reader_->next(pair)) {
        reader_.reset();
        ends_.push_back(number_ - held_);
        continue;
      }
      if (number_ % pairs_between_looks == 0) tell();
      if (!held_out_.holds(pair, number_++)) return true;
      ++held_;
    }
  }
  std::string where() const override { return reader_ ? reader_->where() : std::string(); }

  Index held() const { return held_; }
  /// Pairs given out up to the end of each source.
  const std::vector<Index>& ends() const { return ends_; }

 private:
  static constexpr Index pairs_between_looks = 10'000;
  static constexpr double seconds_between_notes = 10;

  void tell() {
    if (watch_.seconds() < seconds_between_notes) return;
    observer_.note(fmt::format("{}: {} pairs read", doing_, number_));
    watch_.restart();
  }

  const std::vector<TrainingSource>& sources_;
  HeldOutRule held_out_;
  ReadReport& report_;
  TrainingObserver& observer_;
  std::string_view doing_;
  Stopwatch watch_;
  std::unique_ptr<PairReader> reader_;
  std::vector<Index> ends_;
  Index number_ = 0, held_ = 0;
};

/// Those pairs of another reader that are to be kept, up to some pair.
class KeptReader final : public PairReader {
 public:
  KeptReader(PairReader& reader, const std::vector<bool>& kept) : reader_(reader), kept_(kept) {}

  /// How far it goes from now on.
  void go_to(Index end) { end_ = static_cast<std::size_t>(end); }

  bool next(TextPair& pair) override {
    while (at_ < end_) {
      require<DataError>(reader_.next(pair), "training: the corpus has ", end_, " pairs no more, but ", at_,
                         "; was it changed while it was read? Begin again");
      if (kept_[at_++]) return true;
    }
    return false;
  }
  std::string where() const override { return reader_.where(); }

 private:
  PairReader& reader_;
  const std::vector<bool>& kept_;
  std::size_t at_ = 0, end_ = 0;
};

std::string settings_text(const Settings& settings) {
  std::string text;
  for (const Setting& setting : settings) text += message(setting.name, " ", shown(setting.get()), "\n");
  return text;
}

std::string checksum(const Tokenizer& tokenizer) {
  const std::string bytes = tokenizer.serialized();
  return message(crc32(bytes), " of ", bytes.size(), " bytes");
}

}  // namespace

CorpusPreparation::CorpusPreparation(const CorpusSources& sources, const FilterOptions& filters,
                                     std::uint64_t seed, std::filesystem::path folder,
                                     TrainingObserver& observer, std::size_t sample)
    : sources_(sources),
      filters_(filters),
      seed_(seed),
      folder_(std::move(folder)),
      observer_(observer),
      sample_(sample) {}

void CorpusPreparation::keep_held_out(std::filesystem::path file, bool goes_on) {
  held_out_file_ = std::move(file);
  goes_on_ = goes_on;
}

/// Goes on with what was held out; false if that is not known.
bool CorpusPreparation::take_kept() {
  std::vector<TextPair> pairs;
  try {
    if (const auto kept = load_held_out(held_out_file_)) {
      for (const auto& [source, target] : *kept) pairs.push_back({source, target});
    } else if (const auto stored = open_example_store(folder_, std::nullopt)) {
      // Earlier versions of heed kept them with the examples alone.
      pairs = prepared_notes(stored->metadata, folder_.string()).validation.pairs;
    }
  } catch (const Error& error) {
    observer_.note(error.what());
  }
  if (pairs.empty()) {
    observer_.note(
        "warning: the pairs that the run was validated on are not known any more; others are drawn, which it "
        "may have learned from");
    return false;
  }
  held_out_ = HeldOutRule::of(pairs);
  validation_ = {.pairs = std::move(pairs), .report = {}};
  validation_.report.read = validation_.report.kept = std::ssize(validation_.pairs);
  return true;
}

void CorpusPreparation::keep() {
  HeldOutTexts texts;
  for (const TextPair& pair : validation_.pairs) texts.emplace_back(pair.source, pair.target);
  try {
    save_held_out(held_out_file_, texts);
  } catch (const FileError& error) {
    observer_.note(fmt::format("warning: {}; with other corpora the run will be validated on other pairs",
                               error.what()));
  }
}

/// Before other corpora take their place: the examples of before tell what the run has learned from.
void CorpusPreparation::warn_of_pairs_learned_from(const Tokenizers& tokenizers,
                                                   const LengthLimits& limits) const {
  std::set<std::pair<std::vector<std::int32_t>, std::vector<std::int32_t>>> learned_from;
  const Examples validation = make_validation_set(validation_.pairs, tokenizers, limits).examples;
  for (Index i = 0; i < validation.size(); ++i)
    learned_from.emplace(validation.sequence(i, 0), validation.sequence(i, 1));
  const auto all = std::ssize(learned_from);
  try {
    const auto before = open_example_store(folder_, std::nullopt);
    for (Index i = 0; before && i < before->examples.size() && !learned_from.empty(); ++i)
      learned_from.erase({before->examples.sequence(i, 0), before->examples.sequence(i, 1)});
  } catch (const Error&) {
    return;  // find() has told of it
  }
  if (const auto found = all - std::ssize(learned_from); found > 0)
    observer_.note(fmt::format(
        "warning: {} of the {} pairs to validate on are such that the run has learned from: it will seem "
        "better than it is",
        found, all));
}

/// Sets what is validated on.
void CorpusPreparation::hold_out() {
  if (sources_.validation) {
    validation_ = {};
    const auto reader = sources_.validation->open(validation_.report);
    validation_.pairs = read_all(*reader);
    return;
  }
  if (goes_on_ && take_kept()) return;
  HeldOutChoice choice(sources_.hold_out, seed_);
  ReadReport report;
  TrainingReader reader(sources_, {}, report, observer_, "choosing what to validate on");
  for (TextPair pair; reader.next(pair);) choice.see(pair);
  held_out_ = choice.rule();
  validation_ = corpus_of(choice.take());
  if (!held_out_file_.empty()) keep();
}

/// Finds out which pairs are learned from, and shows them to the sample.
void CorpusPreparation::filter(PairSample* sample) {
  hold_out();
  HeldOutPairs held_out;
  for (const TextPair& pair : validation_.pairs) held_out.add(examine(pair));
  report_ = {};
  kept_.clear();
  auto reader = std::make_unique<TrainingReader>(sources_, held_out_, report_, observer_, "filtering");
  const TrainingReader& all = *reader;
  FilteredReader filtered(std::move(reader), FilterSet::dropping(filters_, std::move(held_out)));
  for (TextPair pair; filtered.next(pair);) {
    kept_.resize(static_cast<std::size_t>(filtered.report().read), false);
    kept_.back() = true;
    if (sample) sample->see(pair);
  }
  kept_.resize(static_cast<std::size_t>(filtered.report().read), false);
  ends_ = all.ends();
  report_.read -= all.held();
  const Index read = report_.read;
  require<DataError>(!kept_.empty(), "training: the corpus has no sentence pair to learn from (", read,
                     " read)");
  require<DataError>(
      !validation_.pairs.empty(),
      "training: there is no sentence pair to validate on; give valid_source and valid_target or "
      "valid_tsv, or a longer corpus to hold some out of");
  report_ += filtered.report();  // of which what was read is counted already
  report_.read = read;
  report_.kept = filtered.report().kept;
  const auto& dropped = report_.filtered;
  const auto most = std::ranges::max_element(dropped, {}, &ReadReport::Filtered::count);
  require<DataError>(report_.kept > 0, "training: the filters drop all ", read, " pairs",
                     most == dropped.end() ? "" : message(", most of them since ", most->why),
                     "; heed data report shows them, and --help how to switch a filter off");
  filtered_ = true;
}

Tokenizers CorpusPreparation::learn_tokenizers(const TokenizerConfig& config) {
  PairSample sample(sample_, seed_);
  filter(&sample);
  observer_.note(sample.complete() ? "training the tokenizer"
                                   : fmt::format("training the tokenizer on {} of {} pairs",
                                                 sample.pairs().size(), report_.kept));
  const Stopwatch watch;
  std::vector<std::string_view> sources, targets;
  for (const TextPair& pair : sample.pairs()) {
    sources.push_back(pair.source);
    targets.push_back(pair.target);
  }
  Tokenizers tokenizers = train_tokenizers(config, sources, targets);
  observer_.note(fmt::format("tokenizer: {} pieces in {}", tokenizers.target->vocabulary_size(),
                             duration_text(watch.seconds())));
  return tokenizers;
}

PreparedCorpora CorpusPreparation::examples(const Tokenizers& tokenizers, const LengthLimits& limits) {
  const std::string from = fingerprint(tokenizers, limits);
  if (auto found = find(from)) return std::move(*found);
  if (!filtered_) filter(nullptr);
  if (goes_on_) warn_of_pairs_learned_from(tokenizers, limits);
  try {
    ExampleStoreWriter writer(folder_, 2);
    const PreparedNotes notes = tokenize_all(tokenizers, limits, [&](auto source, auto target) {
      writer.add({source, target});
    });
    writer.finish(from, text_of(notes));
    if (auto made = find(from)) return std::move(*made);
  } catch (const FileError& error) {
    observer_.note(fmt::format("{}; the examples are kept in memory, for now", error.what()));
  }
  Examples examples(2);
  PreparedNotes notes = tokenize_all(tokenizers, limits, [&](auto source, auto target) {
    examples.add({source, target});
  });
  return prepared(std::move(examples), std::move(notes));
}

/// Everything that the examples depend on.
std::string CorpusPreparation::fingerprint(const Tokenizers& tokenizers, const LengthLimits& limits) const {
  FilterOptions filters = filters_;
  LengthLimits lengths = limits;
  std::string text = message("tokenizers ", checksum(*tokenizers.source), ", ", checksum(*tokenizers.target),
                             "\n", settings_text(settings_of(filters, lengths)));
  if (limits.source_tokens > 0) text += message("source_tokens ", limits.source_tokens, "\n");
  if (sources_.validation)
    text += message("validation\n", sources_.validation->identity());
  else
    text += message("hold_out ", sources_.hold_out, " seed ", seed_, "\n");
  for (const TrainingSource& source : sources_.training)
    text += message("training\n", source.pairs->identity());
  return text;
}

std::optional<PreparedCorpora> CorpusPreparation::find(const std::string& fingerprint) const {
  std::optional<StoredExamples> stored;
  try {
    stored = open_example_store(folder_, fingerprint);
  } catch (const Error& error) {
    observer_.note(fmt::format("{}; the corpora are tokenized anew", error.what()));
    return std::nullopt;
  }
  if (!stored) {
    if (holds_example_store(folder_))
      observer_.note(
          "the corpora, or options that their examples depend on, have changed: they are tokenized anew");
    return std::nullopt;
  }
  return prepared(std::move(stored->examples), prepared_notes(stored->metadata, folder_.string()));
}

PreparedCorpora CorpusPreparation::prepared(Examples examples, PreparedNotes notes) const {
  PreparedCorpora result{.examples = std::make_shared<const Examples>(std::move(examples)),
                         .corpora = {},
                         .report = std::move(notes.training),
                         .validation = std::move(notes.validation)};
  const bool weighted = std::ranges::any_of(sources_.training, [](const auto& s) { return s.weight != 1; });
  for (std::size_t i = 0; weighted && i < notes.ends.size(); ++i)
    result.corpora.push_back({notes.ends[i], sources_.training[i].weight});
  return result;
}

PreparedNotes CorpusPreparation::tokenize_all(const Tokenizers& tokenizers, const LengthLimits& limits,
                                              const TakeExample& take) const {
  PreparedNotes notes{.training = report_, .validation = validation_, .ends = {}};
  notes.training.kept = 0;
  ReadReport unused;  // all that is read was counted
  TrainingReader reader(sources_, held_out_, unused, observer_, "tokenizing");
  KeptReader kept(reader, kept_);
  for (const Index end : ends_) {
    kept.go_to(end);
    tokenize(kept, tokenizers, limits, notes.training, take);
    notes.ends.push_back(notes.training.kept);
  }
  return notes;
}

}  // namespace heed
