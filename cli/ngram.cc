#include "cli/ngram.h"

#include <fmt/format.h>

#include <charconv>

#include "cli/commands.h"
#include "cli/line_note.h"
#include "heed/base/error.h"
#include "heed/io/line_reader.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

/// Takes "WEIGHT<TAB>" off a line.
double take_weight(std::string_view& line, const std::string& where) {
  const std::size_t tab = line.find('\t');
  double weight = 0;
  const std::string_view text = trimmed(line.substr(0, tab));
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), weight);
  require<DataError>(tab != line.npos && error == std::errc{} && end == text.data() + text.size(), where,
                     ": expected a weight, a tab and a sentence, found '", printable(line), "'");
  line.remove_prefix(tab + 1);
  return weight;
}

}  // namespace

void NgramCorpus::add_to(CLI::App& command) {
  command
      .add_option("corpus", files,
                  "sentences, one a line, words between spaces; plain or compressed, - for standard input")
      ->required()
      ->option_text("CORPUS...");
  command.add_flag("--weights", weights, "each line starts with a weight and a tab: how often it counts");
}

void NgramCorpus::for_each(const std::function<void(std::string_view, double)>& visit) const {
  for (const auto& file : files) {
    LineReader reader(file);
    while (const auto read = reader.next()) {
      if (is_blank(*read)) continue;
      require_utf8(*read, reader.where(), "convert the file to UTF-8");
      std::string_view line = *read;
      const double weight = weights ? take_weight(line, reader.where()) : 1;
      try {
        visit(line, weight);
      } catch (const DataError& error) {
        throw DataError(message(reader.where(), ": ", error.what()));
      }
    }
    tell_line_ends(reader);
  }
}

std::string number_text(double number) { return fmt::format("{:.6g}", number); }

void add_ngram(CLI::App& program) {
  CLI::App* ngram =
      program.add_subcommand("ngram", "count words: Markov chains, n-gram language models, masks");
  ngram->require_subcommand(1);
  add_ngram_train(*ngram);
  add_ngram_score(*ngram);
  add_ngram_generate(*ngram);
  add_ngram_table(*ngram);
  add_ngram_votes(*ngram);
  add_ngram_masks(*ngram);
  add_ngram_attention(*ngram);
}

}  // namespace heed
