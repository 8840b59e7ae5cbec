#include "heed/text/whitespace_tokenizer.h"

#include <algorithm>
#include <unordered_set>

#include "heed/base/error.h"
#include "heed/base/files.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

constexpr std::string_view joint = "@@";

/// Calls with each token in turn.
template <class Visit>
void for_each_token(std::string_view text, const Visit& visit) {
  constexpr std::string_view white_space = " \t\n\v\f\r";
  for (std::size_t begin = 0;;) {
    begin = text.find_first_not_of(white_space, begin);
    if (begin == text.npos) return;
    const std::size_t end = std::min(text.find_first_of(white_space, begin), text.size());
    visit(text.substr(begin, end - begin));
    begin = end;
  }
}

}  // namespace

WhitespaceTokenizer::WhitespaceTokenizer(std::string_view vocabulary, BpeJoining joining,
                                         const std::string& name)
    : joining_(joining), name_(name) {
  while (!vocabulary.empty()) {
    const std::size_t end = vocabulary.find('\n');
    require<CheckpointError>(end != vocabulary.npos, name, ":", tokens_.size() + 1,
                             ": the last line has no end; was the file copied whole?");
    const std::string_view token = vocabulary.substr(0, end);
    vocabulary.remove_prefix(end + 1);
    require<CheckpointError>(!token.empty() && token.find_first_of(" \t\v\f\r") == token.npos, name, ":",
                             tokens_.size() + 1, ": '", printable(token), "' is not one token");
    const auto id = static_cast<Index>(tokens_.size());
    require<CheckpointError>(ids_.emplace(token, id).second, name, ":", tokens_.size() + 1, ": '",
                             printable(token), "' stands there twice");
    tokens_.emplace_back(token);
  }
  require<CheckpointError>(tokens_.size() >= special::names.size() &&
                               std::equal(special::names.begin(), special::names.end(), tokens_.begin()),
                           name, ": no vocabulary: its first four lines must be <pad>, <s>, </s> and <unk>");
}

WhitespaceTokenizer WhitespaceTokenizer::open(const std::filesystem::path& path, BpeJoining joining) {
  return WhitespaceTokenizer(read_file(path), joining, path.string());
}

void WhitespaceTokenizer::save(const std::filesystem::path& path) const { write_file(path, serialized()); }

std::vector<Index> WhitespaceTokenizer::encode(std::string_view text) const {
  std::vector<Index> ids;
  for_each_token(text, [&](std::string_view token) { ids.push_back(id_of(token)); });
  return ids;
}

std::vector<std::string> WhitespaceTokenizer::unknown_parts(std::string_view text) const {
  std::vector<std::string> parts;
  std::unordered_set<std::string_view> seen;
  for_each_token(text, [&](std::string_view token) {
    if (id_of(token) == special::unk && seen.insert(token).second) parts.emplace_back(token);
  });
  return parts;
}

Index WhitespaceTokenizer::id_of(std::string_view token) const {
  const auto found = ids_.find(token);
  // Text cannot spell the special ids: "</s>" in it is a word like another, that nobody knows.
  return found == ids_.end() || found->second < special::count ? special::unk : found->second;
}

class WhitespaceTokenizer::Joiner {
 public:
  explicit Joiner(BpeJoining joining) : joining_(joining) {}

  void add(std::string_view token) {
    if (!glue_) text_ += ' ';
    glue_ = joining_ == BpeJoining::undo && token.ends_with(joint);
    if (glue_) token.remove_suffix(joint.size());
    text_ += token;
  }
  std::string take() { return std::move(text_); }

 private:
  BpeJoining joining_;
  std::string text_;
  bool glue_ = true;  // to what stands before
};

std::string WhitespaceTokenizer::decode(std::span<const Index> ids) const {
  Joiner text(joining_);
  for (const Index id : ids) {
    const std::string& token = entry(id);
    if (id >= special::count) text.add(token);
  }
  return text.take();
}

std::vector<TextSpan> WhitespaceTokenizer::spans(std::string_view text) const {
  std::vector<TextSpan> all;
  for_each_token(text, [&](std::string_view token) {
    const Index begin = token.data() - text.data();
    all.push_back({begin, begin + std::ssize(token)});
  });
  return all;
}

std::string WhitespaceTokenizer::added_text(Index id) const {
  const std::string text = decode({&id, 1});
  return text.empty() ? text : " " + text;
}

std::string WhitespaceTokenizer::as_decoded(std::string_view text) const {
  Joiner joined(joining_);
  for_each_token(text, [&](std::string_view token) { joined.add(token); });
  return joined.take();
}

std::optional<Index> WhitespaceTokenizer::find(std::string_view piece) const {
  const auto found = ids_.find(piece);
  return found == ids_.end() ? std::nullopt : std::optional<Index>(found->second);
}

std::string WhitespaceTokenizer::serialized() const {
  std::string content;
  for (const std::string& token : tokens_) content.append(token).append("\n");
  return content;
}

const std::string& WhitespaceTokenizer::entry(Index id) const {
  require<DataError>(0 <= id && id < vocabulary_size(), name_, ": token ", id, " meets a vocabulary of ",
                     vocabulary_size(), " words; does the model belong to another tokenizer?");
  return tokens_[static_cast<std::size_t>(id)];
}

std::string count_words(std::span<const std::string_view> sentences, const WordCounts& options) {
  std::unordered_map<std::string_view, Index> counts;
  for (const std::string_view sentence : sentences)
    for_each_token(sentence, [&](std::string_view token) { ++counts[token]; });
  for (const std::string_view name : special::names) counts.erase(name);
  std::erase_if(counts, [&](const auto& entry) { return entry.second < options.minimum_count; });
  std::vector<std::pair<std::string_view, Index>> words(counts.begin(), counts.end());
  std::ranges::sort(words, [](const auto& a, const auto& b) {
    return a.second != b.second ? a.second > b.second : a.first < b.first;
  });
  if (options.vocabulary_size > 0)
    words.resize(std::min(words.size(), static_cast<std::size_t>(
                                            std::max<Index>(options.vocabulary_size - special::count, 0))));
  require<DataError>(
      !words.empty(), "tokenizer: no word of ", sentences.size(),
      " sentences makes it into the vocabulary; is the corpus empty, or are the limits too tight?");
  std::string content;
  for (const std::string_view name : special::names) content.append(name).append("\n");
  for (const auto& [word, count] : words) content.append(word).append("\n");
  return content;
}

}  // namespace heed
