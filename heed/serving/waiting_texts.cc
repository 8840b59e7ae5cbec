#include "heed/serving/waiting_texts.h"

#include <algorithm>

namespace heed {
namespace {

std::size_t bytes_of(const WaitingText& text) {
  return text.from->work ? 0 : text.from->order.texts[text.text].size();
}

}  // namespace

Index tokens_about(std::size_t bytes) { return static_cast<Index>(bytes) / 4 + 1; }

bool WaitingTexts::together(const WaitingText& a, const WaitingText& b) {
  if (a.from->work || b.from->work) return false;
  return a.from == b.from || (a.from->order.translator == b.from->order.translator &&
                              a.from->order.decoding == b.from->order.decoding);
}

WaitingTexts::Group* WaitingTexts::group_of(Round& round, const WaitingText& text) {
  for (Group& group : round.groups)
    if (together(group.texts.front(), text)) return &group;
  return nullptr;
}

bool WaitingTexts::has_room(const Round& round, Index tokens) const {
  if (round.begun) return false;
  return round.texts == 0 || (round.texts < limits_.texts && round.tokens + tokens <= limits_.tokens);
}

void WaitingTexts::put(Round& round, WaitingText text) {
  Group* group = group_of(round, text);
  if (group == nullptr) group = &round.groups.emplace_back();
  group->tokens += text.tokens;
  round.tokens += text.tokens, tokens_ += text.tokens;
  ++round.texts, ++texts_;
  group->texts.push_back(std::move(text));
}

void WaitingTexts::add(const std::shared_ptr<TakenOrder>& order, const std::vector<Index>& tokens) {
  std::size_t at = 0;
  Index of_order = 0, texts_of_order = 0;  // of it in that round
  for (std::size_t text = 0; text < tokens.size(); ++text) {
    const auto fits = [&] {
      return has_room(rounds_[at], tokens[text]) &&
             (of_order == 0 || (of_order + tokens[text] <= limits_.tokens_of_order &&
                                texts_of_order < limits_.texts_of_order));
    };
    while (at < rounds_.size() && !fits()) ++at, of_order = 0, texts_of_order = 0;
    if (at == rounds_.size()) rounds_.emplace_back();
    put(rounds_[at], {order, text, tokens[text]});
    of_order += tokens[text], ++texts_of_order;
  }
}

Index WaitingTexts::tokens_before(Index tokens) const {
  Index before = 0;
  for (const Round& round : rounds_) {
    before += round.tokens;
    if (has_room(round, tokens)) break;
  }
  return before;
}

std::vector<WaitingText> WaitingTexts::take(Index idle) {
  if (empty()) return {};
  Round& round = rounds_.front();
  if (!round.begun) {
    round.begun = true;
    for (Group& group : round.groups) {  // taken from the back
      std::reverse(group.texts.begin(), group.texts.end());
      std::stable_sort(group.texts.begin(), group.texts.end(),
                       [](const WaitingText& a, const WaitingText& b) { return bytes_of(a) < bytes_of(b); });
    }
  }
  Group& group = round.groups.front();
  const TakenOrder& first = *group.texts.back().from;
  Index share = 1;
  if (!first.work) {
    Index total = 0;
    for (Round& any : rounds_)
      if (const Group* same = group_of(any, group.texts.back())) total += same->tokens;
    const Index batch = first.order.translator->with_batch_size(first.order.decoding).batch_tokens();
    share = std::min(batch, (total + idle - 1) / std::max<Index>(idle, 1));
  }
  std::vector<WaitingText> batch;
  Index filled = 0;
  while (!group.texts.empty() && filled < share) {
    filled += group.texts.back().tokens;
    batch.push_back(std::move(group.texts.back()));
    group.texts.pop_back();
    --round.texts, --texts_;
  }
  group.tokens -= filled, round.tokens -= filled, tokens_ -= filled;
  drop_empty();
  if (filled < share) fill_up(batch, filled, share);
  return batch;
}

/// Adds texts of later rounds: those that are about as long as what the batch has already.
void WaitingTexts::fill_up(std::vector<WaitingText>& batch, Index filled, Index share) {
  const auto length = static_cast<Index>(bytes_of(batch.back()));
  const auto distance = [&](const WaitingText& text) {
    return std::abs(static_cast<Index>(bytes_of(text)) - length);
  };
  for (Round& round : rounds_) {
    Group* group = group_of(round, batch.front());
    while (group != nullptr && !group->texts.empty() && filled < share) {
      const auto nearest = std::min_element(
          group->texts.begin(), group->texts.end(),
          [&](const WaitingText& a, const WaitingText& b) { return distance(a) < distance(b); });
      filled += nearest->tokens;
      group->tokens -= nearest->tokens, round.tokens -= nearest->tokens, tokens_ -= nearest->tokens;
      --round.texts, --texts_;
      batch.push_back(std::move(*nearest));
      group->texts.erase(nearest);
    }
  }
  drop_empty();
}

void WaitingTexts::drop_empty() {
  for (Round& round : rounds_) std::erase_if(round.groups, [](const Group& g) { return g.texts.empty(); });
  std::erase_if(rounds_, [](const Round& round) { return round.texts == 0; });
}

template <class Which>
std::vector<WaitingText> WaitingTexts::take_where(const Which& which) {
  std::vector<WaitingText> taken;
  for (Round& round : rounds_)
    for (Group& group : round.groups) {
      const auto kept = std::stable_partition(group.texts.begin(), group.texts.end(),
                                              [&](const WaitingText& text) { return !which(text); });
      for (auto text = kept; text != group.texts.end(); ++text) {
        group.tokens -= text->tokens, round.tokens -= text->tokens, tokens_ -= text->tokens;
        --round.texts, --texts_;
        taken.push_back(std::move(*text));
      }
      group.texts.erase(kept, group.texts.end());
    }
  drop_empty();
  return taken;
}

std::vector<WaitingText> WaitingTexts::take_hopeless(ServingClock::time_point now) {
  return take_where([&](const WaitingText& text) {
    const Patience& patience = text.from->order.patience;
    return patience.gone.stop_requested() || (patience.deadline && *patience.deadline <= now);
  });
}

std::vector<WaitingText> WaitingTexts::take_all() {
  return take_where([](const WaitingText&) { return true; });
}

}  // namespace heed
