#include "heed/corpus/formats/found_corpora.h"

#include <glob.h>

#include <algorithm>
#include <functional>
#include <set>
#include <utility>

#include "heed/base/error.h"
#include "heed/corpus/formats/language_watch.h"
#include "heed/corpus/formats/mo_reader.h"
#include "heed/corpus/formats/path_languages.h"
#include "heed/corpus/formats/po_reader.h"
#include "heed/corpus/formats/tmx_reader.h"
#include "heed/corpus/formats/ts_reader.h"
#include "heed/corpus/formats/xliff_reader.h"
#include "heed/corpus/line_pair_reader.h"
#include "heed/corpus/table_reader.h"
#include "heed/corpus/unchecked_readers.h"
#include "heed/io/not_text.h"
#include "heed/text/language_codes.h"

namespace heed {
namespace {

namespace fs = std::filesystem;

struct Candidate {
  fs::path path;
  bool named = true;  // itself, not by a folder
};

std::vector<fs::path> files_within(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  fs::recursive_directory_iterator entry(folder, error), end;
  for (; !error && entry != end; entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    if (name.starts_with('.')) {
      if (entry->is_directory()) entry.disable_recursion_pending();
    } else if (entry->is_regular_file()) {
      files.push_back(entry->path());
    }
  }
  require<FileError>(!error, folder.string(), ": the folder cannot be read: ", error.message());
  std::sort(files.begin(), files.end());
  return files;
}

std::vector<fs::path> matches_of(const std::string& pattern) {
  glob_t found{};
  std::vector<fs::path> paths;
  if (::glob(pattern.c_str(), 0, nullptr, &found) == 0)
    paths.assign(found.gl_pathv, found.gl_pathv + found.gl_pathc);
  ::globfree(&found);
  return paths;
}

std::vector<Candidate> candidates_of(const fs::path& name) {
  std::vector<Candidate> candidates;
  const auto add = [&](const fs::path& path) {
    if (!fs::is_directory(path)) return candidates.push_back({path, true});
    for (fs::path& file : files_within(path)) candidates.push_back({std::move(file), false});
  };
  if (fs::exists(name)) {
    add(name);
  } else if (name.string().find_first_of("*?[") == std::string::npos) {
    throw FileError(message(name.string(), ": cannot be opened: there is no such file or folder"));
  } else {
    for (const fs::path& match : matches_of(name.string())) add(match);
    require<FileError>(!candidates.empty(), name.string(), ": no file fits this pattern");
  }
  return candidates;
}

/// What a file holds; nothing for what is no text within a folder, where it may be anything.
std::optional<PairFormat> format_of_candidate(const Candidate& candidate, const ReadOptions& options) {
  try {
    return format_of(candidate.path, options);
  } catch (const NotTextError&) {
    if (candidate.named) throw;
    return std::nullopt;
  }
}

/// A file of sentences with that of their translations; nothing if it has none.
std::optional<FoundCorpus> paired(const fs::path& path, const ReadOptions& options) {
  const std::string language = language_of_name(path);
  const bool is_source =
      closeness(language, options.source_language) >= closeness(language, options.target_language);
  const auto partner = partner_of(path, is_source ? options.target_language : options.source_language);
  if (!partner) return std::nullopt;
  return FoundCorpus{PairFormat::lines, is_source ? path : *partner, is_source ? *partner : path};
}

std::unique_ptr<PairReader> open_unchecked(const FoundCorpus& corpus, ReadOptions options,
                                           ReadReport& report) {
  if (corpus.format == PairFormat::lines)
    return std::make_unique<UncheckedLines>(corpus.path, corpus.target, report);
  options.skip_invalid = true;
  if (corpus.format == PairFormat::table)
    return std::make_unique<UncheckedTable>(corpus.path, options, report);
  return open_corpus(corpus, options, report);
}

/// Corpora one after the other.
class MixedReader final : public PairReader {
 public:
  using Open = std::function<std::unique_ptr<PairReader>(const FoundCorpus&)>;

  MixedReader(std::vector<FoundCorpus> corpora, Open open)
      : corpora_(std::move(corpora)), open_(std::move(open)) {}

  bool next(TextPair& pair) override {
    for (;; ++at_, reader_.reset()) {
      if (at_ == corpora_.size()) return false;
      if (!reader_) reader_ = open_(corpora_[at_]);
      if (!reader_->next(pair)) continue;
      return true;
    }
  }
  std::string where() const override { return reader_ ? reader_->where() : std::string(); }

 private:
  std::vector<FoundCorpus> corpora_;
  Open open_;
  std::unique_ptr<PairReader> reader_;
  std::size_t at_ = 0;
};

}  // namespace

std::vector<FoundCorpus> find_corpora(std::span<const fs::path> names, const ReadOptions& options,
                                      ReadReport& report) {
  std::vector<FoundCorpus> corpora;
  std::set<fs::path> taken;
  for (std::size_t name = 0; name < names.size(); ++name) {
    for (const Candidate& candidate : candidates_of(names[name])) {
      const fs::path& path = candidate.path;
      if (taken.contains(fs::weakly_canonical(path))) continue;
      const auto format = format_of_candidate(candidate, options);
      // A table says nothing of its languages, but its name may.
      if (format == PairFormat::table && !candidate.named && names_other_languages(path, options)) {
        if (report.foreign_files++ == 0) report.first_foreign_file = path.string();
        continue;
      }
      std::optional<FoundCorpus> corpus;
      if (format)
        corpus = format == PairFormat::lines ? paired(path, options) : FoundCorpus{*format, path, {}};
      if (corpus) {
        taken.insert(fs::weakly_canonical(corpus->path));
        if (!corpus->target.empty()) taken.insert(fs::weakly_canonical(corpus->target));
        corpus->name = name;
        corpus->named = candidate.named;
        corpora.push_back(std::move(*corpus));
        continue;
      }
      require<DataError>(
          !candidate.named, path.string(),
          format ? ": there is no file of its translations beside it: of the same name, ending with "
                   "the other language"
                 : ": is neither TMX, XLIFF, PO, MO, Qt's TS, TSV nor CSV, nor does its name end with one of "
                   "the two "
                   "languages, as corpus.en and corpus.de do");
      if (report.other_files++ == 0) report.first_other_file = path.string();
    }
  }
  return corpora;
}

std::unique_ptr<PairReader> open_corpus(const FoundCorpus& corpus, const ReadOptions& options,
                                        ReadReport& report) {
  const TranslationFile file(corpus.path, corpus.named);
  switch (corpus.format) {
    case PairFormat::lines:
      return std::make_unique<LinePairReader>(corpus.path, corpus.target, options, report);
    case PairFormat::table:
      return std::make_unique<TableReader>(corpus.path, options, report);
    case PairFormat::tmx:
      return std::make_unique<TmxReader>(file, options, report);
    case PairFormat::xliff:
      return std::make_unique<XliffReader>(file, options, report);
    case PairFormat::po:
      return std::make_unique<PoReader>(file, options, report);
    case PairFormat::mo:
      return std::make_unique<MoReader>(file, options, report);
    case PairFormat::ts:
      return std::make_unique<TsReader>(file, options, report);
  }
  throw std::logic_error("a format without a reader");
}

std::unique_ptr<PairReader> open_corpora(std::vector<FoundCorpus> corpora, const ReadOptions& options,
                                         ReadReport& report) {
  return std::make_unique<MixedReader>(std::move(corpora), [options, &report](const FoundCorpus& c) {
    return std::make_unique<LanguageWatch>(open_corpus(c, options, report), c, options, report);
  });
}

std::unique_ptr<PairReader> open_unchecked_corpora(std::vector<FoundCorpus> corpora,
                                                   const ReadOptions& options, ReadReport& report) {
  return std::make_unique<MixedReader>(std::move(corpora), [options, &report](const FoundCorpus& c) {
    return open_unchecked(c, options, report);
  });
}

std::unique_ptr<PairReader> open_pairs(std::span<const fs::path> names, const ReadOptions& options,
                                       ReadReport& report) {
  return open_corpora(find_corpora(names, options, report), options, report);
}

}  // namespace heed
