#pragma once
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "heed/corpus/formats/found_corpora.h"
#include "heed/corpus/pair_reader.h"
#include "heed/corpus/read_options.h"
#include "heed/corpus/read_report.h"

namespace heed {

/// The language of one side of a corpus, guessed from passages of it.
class LanguageOfSide {
 public:
  /// A text of that side, as part of a passage.
  void add(std::string_view text);
  /// The language of at least four fifths of what was added, if that was some hundred bytes; else "".
  std::string language();

 private:
  void guess();

  std::string passage_;
  std::map<std::string, std::size_t> bytes_;  // by language
  std::size_t all_ = 0;
};

/// Gives the pairs of a corpus as they are, and looks at some of them, ever fewer as it goes on: where a side
/// seems to be in another language than it should, or the two to be swapped, the report gets a note once the
/// last pair is read. The report must outlive the reader.
class LanguageWatch final : public PairReader {
 public:
  /// Which languages are expected follows from the options or, of plain text, from the names of the files.
  LanguageWatch(std::unique_ptr<PairReader> pairs, const FoundCorpus& corpus, const ReadOptions& options,
                ReadReport& report);

  bool next(TextPair& pair) override;
  std::string where() const override { return pairs_->where(); }

 private:
  void look_at(const TextPair& pair);
  void judge();

  std::unique_ptr<PairReader> pairs_;
  std::string name_, source_, target_;  // the languages expected: codes, or empty
  ReadReport& report_;
  LanguageOfSide of_source_, of_target_;
  Index looked_at_ = 0, to_skip_ = 0, gap_ = 0;
  bool judged_ = false;
};

}  // namespace heed
