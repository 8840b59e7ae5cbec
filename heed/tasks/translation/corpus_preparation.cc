#include "heed/tasks/translation/corpus_preparation.h"

#include <fmt/format.h>

#include <algorithm>

#include "heed/base/crc32.h"
#include "heed/base/quantities.h"
#include "heed/base/settings.h"
#include "heed/base/stopwatch.h"
#include "heed/corpus/filters/filtered_reader.h"
#include "heed/data/example_store.h"
#include "heed/tasks/translation/prepared_notes.h"

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

/// Sets what is validated on.
void CorpusPreparation::hold_out() {
  if (sources_.validation) {
    validation_ = {};
    const auto reader = sources_.validation->open(validation_.report);
    validation_.pairs = read_all(*reader);
    return;
  }
  HeldOutChoice choice(sources_.hold_out, seed_);
  ReadReport report;
  TrainingReader reader(sources_, {}, report, observer_, "choosing what to validate on");
  for (TextPair pair; reader.next(pair);) choice.see(pair);
  held_out_ = choice.rule();
  validation_ = corpus_of(choice.take());
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
