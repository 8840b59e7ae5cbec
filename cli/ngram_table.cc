#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <map>

#include "cli/flags.h"
#include "cli/ngram.h"
#include "heed/ngram/transition_table.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

enum class TableFormat { text, matrix, tsv };

}  // namespace

template <>
struct EnumNames<TableFormat> {
  static constexpr std::array names{std::pair{"text", TableFormat::text},
                                    std::pair{"matrix", TableFormat::matrix},
                                    std::pair{"tsv", TableFormat::tsv}};
};

namespace {

struct TableOptions {
  NgramCorpus corpus;
  Index order = 1;
  bool marks = false;
  TableFormat format = TableFormat::text;

  static constexpr auto fields() {
    using T = TableOptions;
    return std::tuple(field("order", &T::order, "number of words that the next one depends on",
                            {1, static_cast<double>(NgramTree::max_order - 1)}),
                      field("marks", &T::marks, "count beginnings and ends of sentences, too"),
                      field("format", &T::format,
                            "text: a line per context; matrix: all of it, zeros included; tsv: context, "
                            "word, probability and weight"));
  }
};

void print_text(const TransitionTable& table) {
  for (const auto& context : table.contexts()) {
    std::string text;
    for (const auto& [word, weight, probability] : table.row(context))
      text += fmt::format("{}{} {}", text.empty() ? "" : ", ", table.vocabulary().word(word),
                          number_text(probability));
    std::cout << spelled(table.vocabulary(), context) << " -> " << (text.empty() ? "nothing" : text) << '\n';
  }
}

void print_tsv(const TransitionTable& table) {
  for (const auto& context : table.contexts())
    for (const auto& [word, weight, probability] : table.row(context))
      std::cout << spelled(table.vocabulary(), context) << '\t' << table.vocabulary().word(word) << '\t'
                << probability << '\t' << weight << '\n';
}

std::string padded(const std::string& text, Index width) {
  return std::string(static_cast<std::size_t>(std::max<Index>(width - count_code_points(text), 0)), ' ') +
         text;
}

void print_matrix(const TransitionTable& table) {
  constexpr Index most_cells = 1'000'000;
  const std::vector<WordId> columns = table.words();
  const auto contexts = table.contexts();
  require<DataError>(std::ssize(columns) * std::ssize(contexts) <= most_cells, "ngram table: a matrix of ",
                     contexts.size(), " rows and ", columns.size(), " columns is no use; take --format tsv");
  Index first = 0;
  for (const auto& context : contexts)
    first = std::max(first, count_code_points(spelled(table.vocabulary(), context)));
  std::vector<std::vector<std::string>> cells;
  std::vector<Index> widths;
  for (const WordId word : columns) widths.push_back(count_code_points(table.vocabulary().word(word)));
  for (const auto& context : contexts) {
    std::map<WordId, double> row;
    for (const auto& [word, weight, probability] : table.row(context)) row[word] = probability;
    cells.emplace_back();
    for (std::size_t c = 0; c < columns.size(); ++c) {
      cells.back().push_back(row.contains(columns[c]) ? number_text(row[columns[c]]) : "0");
      widths[c] = std::max(widths[c], std::ssize(cells.back().back()));
    }
  }
  std::cout << padded("", first);
  for (std::size_t c = 0; c < columns.size(); ++c)
    std::cout << "  " << padded(std::string(table.vocabulary().word(columns[c])), widths[c]);
  std::cout << '\n';
  for (std::size_t r = 0; r < contexts.size(); ++r) {
    std::cout << padded(spelled(table.vocabulary(), contexts[r]), first);
    for (std::size_t c = 0; c < columns.size(); ++c) std::cout << "  " << padded(cells[r][c], widths[c]);
    std::cout << '\n';
  }
}

void table(const TableOptions& options) {
  NgramCounter counter(options.order + 1, options.marks ? SentenceMarks::both : SentenceMarks::none);
  options.corpus.for_each([&](std::string_view sentence, double weight) { counter.add(sentence, weight); });
  const TransitionTable table(std::move(counter).finish());
  switch (options.format) {
    case TableFormat::text:
      return print_text(table);
    case TableFormat::matrix:
      return print_matrix(table);
    case TableFormat::tsv:
      return print_tsv(table);
  }
}

}  // namespace

void add_ngram_table(CLI::App& ngram) {
  CLI::App* command = ngram.add_subcommand("table", "a Markov chain's transition table, from text");
  auto options = std::make_shared<TableOptions>();
  options->corpus.add_to(*command);
  add_settings(*command, settings_of(*options));
  command->final_callback([options] { table(*options); });
}

}  // namespace heed
