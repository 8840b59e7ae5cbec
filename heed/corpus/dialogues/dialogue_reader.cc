#include "heed/corpus/dialogues/dialogue_reader.h"

#include <algorithm>
#include <optional>

#include "heed/base/error.h"
#include "heed/corpus/dialogues/dialogue_json.h"
#include "heed/io/line_reader.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

void require_learnable(const Dialogue& dialogue) {
  for (std::size_t i = 0; i < dialogue.size(); ++i)
    require<DataError>(shows_something(dialogue[i].text), "turn ", i + 1, " (", enum_name(dialogue[i].role),
                       ") has no text");
  require<DataError>(std::ranges::any_of(dialogue, &Turn::response),
                     "there is no turn of the assistant to learn from");
}

/// Collects dialogues and says where one of them is at fault.
class Collection {
 public:
  Collection(BadDialogues bad, DialogueReport& report) : bad_(bad), report_(report) {}

  void add(Dialogue dialogue, const std::string& where) {
    try {
      require_learnable(dialogue);
    } catch (const DataError& error) {
      return refuse(where, error.what());
    }
    ++report_.dialogues;
    report_.turns += std::ssize(dialogue);
    report_.responses += std::ranges::count_if(dialogue, &Turn::response);
    dialogues_.push_back(std::move(dialogue));
  }
  void refuse(const std::string& where, const std::string& why) {
    require<DataError>(bad_ == BadDialogues::skip, where, ": ", why,
                       "; mend it, or leave such dialogues out with skip_invalid");
    if (report_.invalid++ == 0) report_.first_invalid = message(where, ": ", why);
  }
  std::vector<Dialogue> take() { return std::move(dialogues_); }

 private:
  BadDialogues bad_;
  DialogueReport& report_;
  std::vector<Dialogue> dialogues_;
};

class JsonLines {
 public:
  explicit JsonLines(Collection& to) : to_(to) {}

  void line(const std::string& text, const std::string& where) {
    if (!shows_something(text)) return;
    Dialogue dialogue;
    try {
      dialogue = dialogue_of_json(text);
    } catch (const DataError& error) {
      return to_.refuse(where, error.what());
    }
    to_.add(std::move(dialogue), where);
  }

 private:
  Collection& to_;
};

/// Where the text behind the number of a line of bAbI begins, and the number.
struct NumberedLine {
  std::string_view number, text;
};

std::optional<NumberedLine> numbered(std::string_view line) {
  const std::size_t digits = std::min(line.find_first_not_of("0123456789"), line.size());
  if (digits == 0 || digits == line.size() || line[digits] != ' ') return std::nullopt;
  return NumberedLine{line.substr(0, digits), line.substr(digits + 1)};
}

class BabiLines {
 public:
  explicit BabiLines(Collection& to) : to_(to) {}

  void line(std::string_view text, const std::string& where) {
    if (!shows_something(text)) return finish();
    const auto parts = numbered(text);
    if (parts && parts->number == "1") finish();
    if (dialogue_.empty() && !wrong_) first_ = where;
    if (wrong_) return;  // the rest of it is left out, too
    if (!parts) {
      wrong_ = true;
      return to_.refuse(where,
                        "a line of a bAbI dialogue begins with its number and a space, this one does not");
    }
    const std::size_t tab = parts->text.find('\t');
    if (tab == parts->text.npos) return add_result(parts->text);
    dialogue_.push_back({Role::user, std::string(parts->text.substr(0, tab))});
    dialogue_.push_back({Role::assistant, std::string(parts->text.substr(tab + 1))});
  }
  void finish() {
    if (!dialogue_.empty() && !wrong_) to_.add(std::move(dialogue_), first_);
    dialogue_.clear();
    wrong_ = false;
  }

 private:
  void add_result(std::string_view text) {
    if (dialogue_.empty() || dialogue_.back().role != Role::tool)
      dialogue_.push_back({Role::tool, std::string(text)});
    else
      dialogue_.back().text.append("\n").append(text);
  }

  Collection& to_;
  Dialogue dialogue_;
  std::string first_;  // where it begins
  bool wrong_ = false;
};

void read_file_of_dialogues(const std::filesystem::path& file, Collection& to) {
  LineReader reader(file);
  JsonLines json(to);
  BabiLines babi(to);
  std::optional<bool> objects;  // whether a line is a JSON object, once there was one
  while (const auto line = reader.next()) {
    require_utf8(*line, reader.where(), "convert the file to UTF-8");
    if (!objects && shows_something(*line)) {
      objects = line->starts_with('{');
      require<DataError>(*objects || numbered(*line), reader.where(),
                         R"(: is neither JSON lines, each {"messages": [...]}, nor bAbI's dialogues)");
    }
    if (objects.value_or(true))
      json.line(*line, reader.where());
    else
      babi.line(*line, reader.where());
  }
  babi.finish();
}

}  // namespace

std::vector<std::string> DialogueReport::lines() const {
  std::vector<std::string> all{
      message(dialogues, " dialogues of ", turns, " turns, ", responses, " of them responses to learn")};
  if (invalid > 0) all.push_back(message(invalid, " dialogues are left out; the first: ", first_invalid));
  return all;
}

std::vector<Dialogue> read_dialogues(std::span<const std::filesystem::path> files, BadDialogues bad,
                                     DialogueReport& report) {
  Collection collection(bad, report);
  for (const std::filesystem::path& file : files) read_file_of_dialogues(file, collection);
  return collection.take();
}

}  // namespace heed
