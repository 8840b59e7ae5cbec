#include "heed/ngram/arpa_writer.h"

#include <fmt/format.h>

#include <iterator>
#include <ostream>

namespace heed {

void write_arpa(std::ostream& out, const NgramModel& model) {
  const NgramTree& tree = model.tree();
  out << "\\data\\\n";
  for (Index n = 1; n <= model.order(); ++n) out << "ngram " << n << '=' << tree.size(n) << '\n';
  fmt::memory_buffer line;
  for (Index n = 1; n <= model.order(); ++n) {
    out << "\n\\" << n << "-grams:\n";
    const NgramModel::Level& level = model.level(n);
    tree.for_each(n, [&](std::span<const WordId> words, NgramTree::Node node) {
      line.clear();
      const auto to = std::back_inserter(line);
      fmt::format_to(to, "{}", level.probabilities[node]);
      char separator = '\t';
      for (const WordId word : words) {
        fmt::format_to(to, "{}{}", separator, model.vocabulary().word(word));
        separator = ' ';
      }
      // A weight of 1 may be left out.
      if (n < model.order() && level.backoffs[node] != 0) fmt::format_to(to, "\t{}", level.backoffs[node]);
      line.push_back('\n');
      out.write(line.data(), static_cast<std::streamsize>(line.size()));
    });
  }
  out << "\n\\end\\\n";
}

}  // namespace heed
