#pragma once
#include <filesystem>

#include "heed/base/fields.h"
#include "heed/corpus/parallel_corpus.h"

namespace heed {

/// Where sentence pairs come from.
struct CorpusOptions {
  std::vector<std::filesystem::path> train_data{}, valid_data{};
  std::vector<double> train_weights{};
  std::string source_language{}, target_language{}, msgid_language = "en";
  InlineTags inline_tags = InlineTags::strip;
  bool any_status = false;
  std::filesystem::path train_source, train_target, train_tsv;
  std::filesystem::path valid_source, valid_target, valid_tsv;
  Index source_column = 0, target_column = 0;
  Separator separator = Separator::automatic;
  CellQuotes quotes = CellQuotes::automatic;
  HeaderRow header = HeaderRow::automatic;
  bool skip_invalid = false;
  Index validation_split = 1000;
  Index max_length = 256;
  double max_length_ratio = 0;
  Index length_bucket = 100;

  static constexpr std::string_view title = "Corpus";
  static constexpr auto fields() {
    using C = CorpusOptions;
    return std::tuple(
        field("train_data", &C::train_data,
              "training corpora, mixed: files, folders and patterns, of TMX, XLIFF, PO, MO, TS, TSV, CSV and "
              "text "
              "in files such as corpus.en and corpus.de, plain or compressed"),
        field("train_weights", &C::train_weights,
              "how often an epoch shows each pair of a corpus: one number per corpus of train_data, 1 if not "
              "given; 0.5 shows half of the pairs, drawn anew each epoch"),
        field("valid_data", &C::valid_data, "validation corpora, named like train_data"),
        field(
            "source_language", &C::source_language,
            "language code of the source, such as en or en-GB, for data with several languages, and for heed "
            "serve to know what the model translates"),
        field("target_language", &C::target_language, "language code of the target"),
        field("msgid_language", &C::msgid_language,
              "language of the source texts in gettext catalogs and Qt TS files that do not say"),
        field("inline_tags", &C::inline_tags,
              "markup within TMX and XLIFF texts: strip it, or keep it as placeholders <1>, </1> and <1/>"),
        field("any_status", &C::any_status,
              "take translations of every status: drafts, fuzzy, rejected and obsolete ones, too"),
        field("train_source", &C::train_source,
              "training data as source sentences, one per line, instead of train_data"),
        field("train_target", &C::train_target, "translations of train_source, line by line"),
        field("train_tsv", &C::train_tsv, "training data as one table, TSV or CSV, instead of train_data"),
        field("valid_source", &C::valid_source, "source sentences for validation"),
        field("valid_target", &C::valid_target, "translations of valid_source, line by line"),
        field("valid_tsv", &C::valid_tsv, "validation data as one table, TSV or CSV, instead of the two"),
        field("source_column", &C::source_column,
              "column of the source in a table, from 1 (0: as its header says, else 1)", {0, 1000}),
        field("target_column", &C::target_column,
              "column of the target in a table, from 1 (0: as its header says, else 2)", {0, 1000}),
        field("separator", &C::separator, table_help::separator),
        field("quotes", &C::quotes, table_help::quotes), field("header", &C::header, table_help::header),
        field(
            "skip_invalid", &C::skip_invalid,
            "skip and count damaged entries and texts that are not UTF-8, instead of stopping at the first"),
        field(
            "validation_split", &C::validation_split,
            "number of pairs taken out of the training corpus to validate on, if no validation data is given",
            {1}, {"hold_out"}),
        field("max_length", &C::max_length, "maximum length of a training sentence, in tokens", {1}),
        field("max_length_ratio", &C::max_length_ratio,
              "maximum ratio of the longer side's tokens to the shorter side's (0: no limit)", {0},
              {"max_ratio"}),
        field("length_bucket", &C::length_bucket,
              "number of batches whose examples are sorted by length together (1: no sorting)", {1},
              {"bucket"}));
  }

  /// How the files are read.
  ReadOptions reading() const {
    return {.skip_invalid = skip_invalid,
            .source_column = source_column,
            .target_column = target_column,
            .separator = separator,
            .quotes = quotes,
            .header = header,
            .source_language = source_language,
            .target_language = target_language,
            .msgid_language = msgid_language,
            .inline_tags = inline_tags,
            .any_status = any_status};
  }
};

/// What is learned from and what is validated on.
struct Corpora {
  ParallelCorpus training, validation;
};

/// Takes about `count` pairs out of a corpus, at most a tenth of it, chosen by the seed; pairs with the same
/// source (its loose_form) go together, so that nothing that is validated on has been learned.
ParallelCorpus hold_out(ParallelCorpus& corpus, Index count, std::uint64_t seed);

}  // namespace heed
