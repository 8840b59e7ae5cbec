#include <sentencepiece_trainer.h>

#include <algorithm>
#include <array>
#include <unordered_map>

#include "heed/base/error.h"
#include "heed/text/exact_runs.h"
#include "heed/text/joiner_rules.h"
#include "heed/text/sentencepiece_check.h"
#include "heed/text/sentencepiece_tokenizer.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

/// Hands the trainer one sentence after another and counts those that it has to do without.
class Sentences : public sentencepiece::SentenceIterator {
 public:
  Sentences(std::span<const std::string_view> sentences, Index max_bytes, SubwordReport& report)
      : sentences_(sentences), max_bytes_(max_bytes), report_(report) {
    find_usable();
  }

  bool done() const override { return next_ == sentences_.size(); }
  void Next() override {
    ++next_;
    find_usable();
  }
  const std::string& value() const override { return current_; }
  sentencepiece::util::Status status() const override { return {}; }

 private:
  void find_usable() {
    for (; next_ < sentences_.size(); ++next_) {
      const std::string_view sentence = sentences_[next_];
      if (static_cast<Index>(sentence.size()) > max_bytes_) {
        ++report_.too_long;
      } else if (holds_reserved(sentence) || !shows_something(sentence)) {
        ++report_.unusable;
      } else {
        ++report_.sentences;
        if (holds_joiner(sentence)) ++report_.with_joiners;
        current_ = sentence;
        return;
      }
    }
  }

  /// Characters that the trainer cannot count: NUL, and U+2585, its own mark for the unknown.
  static bool holds_reserved(std::string_view sentence) {
    return sentence.find('\0') != sentence.npos || sentence.find("\u2585") != sentence.npos;
  }

  std::span<const std::string_view> sentences_;
  Index max_bytes_;
  SubwordReport& report_;
  std::size_t next_ = 0;
  std::string current_;
};

// The library ends the program over some of these: they are caught here.
void require_usable(const SubwordOptions& options) {
  require<ConfigError>(special::count < options.vocabulary_size && options.vocabulary_size <= 1'000'000,
                       "tokenizer: a vocabulary of ", options.vocabulary_size,
                       " pieces; give a number from 5 to 1000000");
  require<ConfigError>(0.9 <= options.character_coverage && options.character_coverage <= 1,
                       "tokenizer: a character coverage of ", options.character_coverage,
                       "; give a share from 0.9 to 1");
  require<ConfigError>(1 <= options.threads && options.threads <= 128, "tokenizer: ", options.threads,
                       " threads; give a number from 1 to 128");
  require<ConfigError>(10 <= options.max_sentence_bytes && options.max_sentence_bytes <= 1 << 30,
                       "tokenizer: sentences of at most ", options.max_sentence_bytes,
                       " bytes; give a number from 10 to ", 1 << 30);
  constexpr std::array<std::string_view, 5> normalizations{"nmt_nfkc", "nfkc", "nmt_nfkc_cf", "nfkc_cf",
                                                           "identity"};
  require<ConfigError>(std::ranges::find(normalizations, options.normalization) != normalizations.end(),
                       "tokenizer: no normalization is called ", options.normalization,
                       "; there are nmt_nfkc, nfkc, nmt_nfkc_cf, nfkc_cf and identity");
  require<ConfigError>(options.white_space != WhiteSpace::exact ||
                           (options.byte_fallback && options.normalization == "identity"),
                       "tokenizer: exact white space needs byte_fallback and normalization identity, not ",
                       options.byte_fallback ? options.normalization : "spelling without bytes",
                       "; set both");
}

/// Why the library could not learn pieces, in the words of heed's options: it names the lines of its source,
/// and options of its own.
std::string reason_of(const std::string& status, const SubwordOptions& options) {
  if (status.find("Increase vocab_size") != status.npos)
    return message("its characters alone need more room than a vocabulary of ", options.vocabulary_size,
                   " pieces has; raise vocabulary_size, or lower character_coverage, now ",
                   options.character_coverage, ", so that rare characters are left out");
  // "INTERNAL: ./src/file.cc(580) [(condition)] What is wrong."
  const std::size_t end = status.rfind(")] ");
  return end == status.npos ? status : status.substr(end + 3);
}

/// Where a text is cut so that what comes first has no more bytes than that: before a space, if there is one,
/// or between two characters.
std::size_t cut_within(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text.size();
  const std::size_t space = text.rfind(' ', most);
  if (space != text.npos && space > 0) return space;
  std::size_t cut = most;
  while (cut > 1 && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) --cut;
  return cut;
}

/// What pieces are learned from where white space is exact: lines and, of lines that are too long, parts.
std::vector<std::string_view> exact_runs(std::span<const std::string_view> texts, Index max_bytes) {
  std::vector<std::string_view> runs;
  const auto add = [&](std::string_view run) {
    for (std::size_t cut; !run.empty(); run.remove_prefix(cut)) {
      cut = cut_within(run, static_cast<std::size_t>(max_bytes));
      if (shows_something(run.substr(0, cut))) runs.push_back(run.substr(0, cut));
    }
  };
  for (const std::string_view text : texts) for_each_exact_run(text, add, [](unsigned char) {});
  return runs;
}

/// The rules of a normalization, which the library gives out in a model only.
std::string rules_of(const std::string& normalization) {
  const std::array<std::string_view, 1> text{"a"};
  SubwordReport unused;
  Sentences sentences(text, 10, unused);
  std::string model;
  const auto status = sentencepiece::SentencePieceTrainer::Train(
      std::unordered_map<std::string, std::string>{{"model_type", "char"},
                                                   {"vocab_size", "4"},
                                                   {"hard_vocab_limit", "false"},
                                                   {"normalization_rule_name", normalization},
                                                   {"minloglevel", "3"}},
      &sentences, &model);
  require<ConfigError>(status.ok(), "tokenizer: no rules of the normalization ", normalization, ": ",
                       status.ToString());
  return std::string(normalization_rules(model));
}

}  // namespace

TrainedSubwords train_subwords(std::span<const std::string_view> texts, const SubwordOptions& options) {
  require_usable(options);
  const bool exact = options.white_space == WhiteSpace::exact;
  const std::vector<std::string_view> runs =
      exact ? exact_runs(texts, options.max_sentence_bytes) : std::vector<std::string_view>();
  const std::span<const std::string_view> sentences = exact ? std::span(runs) : texts;
  SubwordReport report;
  Sentences usable(sentences, options.max_sentence_bytes, report);
  require<DataError>(!usable.done(), "tokenizer: none of ", sentences.size(),
                     " sentences can be learnt from; is the corpus empty?");
  std::unordered_map<std::string, std::string> settings{
      {"model_type", options.algorithm == SubwordAlgorithm::bpe ? "bpe" : "unigram"},
      {"vocab_size", std::to_string(options.vocabulary_size)},
      {"hard_vocab_limit", "false"},  // take what the text has to offer
      {"byte_fallback", options.byte_fallback ? "true" : "false"},
      {"split_digits", options.split_digits ? "true" : "false"},
      {"character_coverage", std::to_string(options.character_coverage)},
      {"normalization_rule_name", options.normalization},
      {"max_sentence_length", std::to_string(options.max_sentence_bytes)},
      {"num_threads", std::to_string(options.threads)},
      {"pad_id", std::to_string(special::pad)},
      {"bos_id", std::to_string(special::bos)},
      {"eos_id", std::to_string(special::eos)},
      {"unk_id", std::to_string(special::unk)},
      {"pad_piece", "<pad>"},
      {"minloglevel", "3"},  // silent: what goes wrong comes back in the status
  };
  if (exact) {
    settings["add_dummy_prefix"] = settings["remove_extra_whitespaces"] = "false";
    settings["allow_whitespace_only_pieces"] = "true";
  }
  if (report.with_joiners > 0 && options.normalization != "identity")
    settings["precompiled_charsmap"] = with_joiners_kept(rules_of(options.normalization));
  std::string model;
  const auto status = sentencepiece::SentencePieceTrainer::Train(settings, &usable, &model);
  require<ConfigError>(status.ok(), "tokenizer: training on ", report.sentences,
                       " sentences failed: ", reason_of(status.ToString(), options));
  auto tokenizer =
      std::make_shared<const SentencePieceTokenizer>(model, "the trained tokenizer", options.white_space);
  report.requested_vocabulary = options.vocabulary_size;
  report.vocabulary = tokenizer->vocabulary_size();
  return {std::move(tokenizer), report};
}

std::vector<std::string> SubwordReport::notes() const {
  std::vector<std::string> lines;
  if (vocabulary < requested_vocabulary)
    lines.push_back(message("the text has no more than ", vocabulary,
                            " pieces to offer: that is the vocabulary, not ", requested_vocabulary));
  if (too_long > 0) lines.push_back(message(too_long, " sentences were too long to learn pieces from"));
  if (unusable > 0)
    lines.push_back(
        message(unusable, " sentences were empty or held a NUL or U+2585: no pieces were learnt from them"));
  return lines;
}

}  // namespace heed
