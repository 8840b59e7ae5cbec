#include "heed/metrics/confusion_matrix.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "heed/text/unicode.h"

namespace heed {
namespace {

double share(Index part, Index whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

ConfusionMatrix::ConfusionMatrix(std::vector<std::string> labels)
    : labels_(std::move(labels)), counts_(labels_.size() * labels_.size()) {}

void ConfusionMatrix::add(Index truth, Index prediction, Index times) {
  counts_[static_cast<std::size_t>(truth) * labels_.size() + static_cast<std::size_t>(prediction)] += times;
}

Index ConfusionMatrix::count(Index truth, Index prediction) const {
  return counts_[static_cast<std::size_t>(truth) * labels_.size() + static_cast<std::size_t>(prediction)];
}

Index ConfusionMatrix::total() const { return std::accumulate(counts_.begin(), counts_.end(), Index{0}); }

Index ConfusionMatrix::correct() const {
  Index sum = 0;
  for (Index label = 0; label < std::ssize(labels_); ++label) sum += count(label, label);
  return sum;
}

Index ConfusionMatrix::predicted(Index label) const {
  Index sum = 0;
  for (Index truth = 0; truth < std::ssize(labels_); ++truth) sum += count(truth, label);
  return sum;
}

Index ConfusionMatrix::actual(Index label) const {
  Index sum = 0;
  for (Index prediction = 0; prediction < std::ssize(labels_); ++prediction) sum += count(label, prediction);
  return sum;
}

double ConfusionMatrix::accuracy() const { return share(correct(), total()); }
double ConfusionMatrix::precision(Index label) const { return share(count(label, label), predicted(label)); }
double ConfusionMatrix::recall(Index label) const { return share(count(label, label), actual(label)); }

std::string ConfusionMatrix::text() const {
  std::string text = fmt::format("accuracy {:.2f} % ({} of {})\n", 100 * accuracy(), correct(), total());
  // Columns are numbered where names would not fit: a name stands once, before its row.
  std::vector<std::string> names;
  Index widest = 5;
  for (std::size_t i = 0; i < labels_.size(); ++i) {
    names.push_back(fmt::format("{}: {}", i + 1, printable(labels_[i], 40)));
    widest = std::max(widest, count_code_points(names.back()));
  }
  const auto padded = [&](const std::string& name) {
    return name + std::string(static_cast<std::size_t>(widest - count_code_points(name)), ' ');
  };
  text += padded("class") + "  precision  recall  taken for:";
  for (std::size_t i = 0; i < labels_.size(); ++i) text += fmt::format(" {:>6}", i + 1);
  text += '\n';
  for (Index label = 0; label < std::ssize(labels_); ++label) {
    text += padded(names[static_cast<std::size_t>(label)]) +
            fmt::format("  {:9.4f}  {:6.4f}            ", precision(label), recall(label));
    for (Index prediction = 0; prediction < std::ssize(labels_); ++prediction)
      text += fmt::format(" {:>6}", count(label, prediction));
    text += '\n';
  }
  return text;
}

}  // namespace heed
