#include "heed/dialogues/dialogue_encoder.h"

#include <gtest/gtest.h>

#include <set>

#include "heed/base/error.h"
#include "heed/text/byte_tokenizer.h"

namespace heed {
namespace {

constexpr Index user = special::bos, assistant = special::pad, eos = special::eos;

/// A turn of so many tokens besides its mark and EOS.
Turn turn(Role role, Index length, bool learned = true) {
  return {role, std::string(static_cast<std::size_t>(length), 'x'), learned};
}

class Encoder : public testing::Test {
 protected:
  std::vector<DialogueExample> examples(const Dialogue& dialogue, Index context) {
    return DialogueEncoder(tokenizer_, context).examples(dialogue, left_out_);
  }
  Index id(char letter) const { return tokenizer_.encode(std::string(1, letter)).front(); }

  ByteTokenizer tokenizer_;
  Index left_out_ = 0;
};

TEST_F(Encoder, marks_roles_with_ids_that_no_text_has) {
  std::set<std::vector<Index>> marks;
  for (const auto& [name, role] : EnumNames<Role>::names) {
    marks.emplace(role_mark(role).begin(), role_mark(role).end());
    for (const Index mark : role_mark(role)) {
      EXPECT_LT(mark, special::count);
      const auto typed = tokenizer_.encode("<s><pad></s>\x01" + std::string(name));
      EXPECT_EQ(std::ranges::count(typed, mark), 0);
    }
  }
  EXPECT_EQ(marks.size(), 4u);
}

TEST_F(Encoder, learns_the_assistants_turns_and_their_ends_alone) {
  const auto all =
      examples({{Role::user, "a"}, {Role::assistant, "bc"}, {Role::user, "d"}, {Role::assistant, "e"}}, 32);
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].inputs, (std::vector<Index>{user, id('a'), assistant, id('b'), id('c'), eos, user, id('d'),
                                               assistant, id('e')}));
  EXPECT_EQ(all[0].places, (std::vector<Index>{2, 3, 4, 8, 9}));
  EXPECT_EQ(all[0].targets, (std::vector<Index>{id('b'), id('c'), eos, id('e'), eos}));
}

TEST_F(Encoder, does_not_learn_turns_without_weight) {
  const auto all = examples({{Role::user, "a"}, {Role::assistant, "b", false}, {Role::assistant, "c"}}, 32);
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].targets, (std::vector<Index>{id('c'), eos}));
}

/// Each response of a dialogue is a target once, places point at what comes before it, and nothing is longer
/// than the context.
TEST_F(Encoder, learns_each_response_once_in_any_context) {
  Dialogue dialogue{turn(Role::system, 3)};
  Index targets = 0;
  for (Index i = 0; i < 12; ++i) {
    dialogue.push_back(turn(i % 5 == 4 ? Role::tool : Role::user, 1 + i % 4));
    dialogue.push_back(turn(Role::assistant, 1 + i % 3));
    targets += 2 + i % 3;
  }
  for (Index context = 17; context < 120; ++context) {
    Index found = 0;
    for (const DialogueExample& example : examples(dialogue, context)) {
      EXPECT_LE(std::ssize(example.inputs), context);
      EXPECT_EQ(example.inputs[1], user) << "the system's turn stays";
      ASSERT_EQ(example.places.size(), example.targets.size());
      for (std::size_t i = 0; i < example.places.size(); ++i) {
        const auto next = static_cast<std::size_t>(example.places[i] + 1);
        if (next < example.inputs.size()) {
          EXPECT_EQ(example.inputs[next], example.targets[i]);
        }
      }
      found += std::ssize(example.targets);
    }
    EXPECT_EQ(found, targets) << context;
  }
  EXPECT_EQ(left_out_, 0);
}

TEST_F(Encoder, gives_later_responses_half_a_context_of_history) {
  Dialogue dialogue;
  for (Index i = 0; i < 20; ++i)
    dialogue.insert(dialogue.end(), {turn(Role::user, 2), turn(Role::assistant, 1)});
  const auto all = examples(dialogue, 24);  // a pair of turns is 6 tokens
  ASSERT_GT(all.size(), 1u);
  for (std::size_t i = 1; i < all.size(); ++i) EXPECT_GE(all[i].places.front(), 12);
}

TEST_F(Encoder, leaves_out_responses_that_do_not_fit_and_goes_on_behind_them) {
  const auto all = examples({turn(Role::user, 2), turn(Role::assistant, 50), turn(Role::user, 50),
                             turn(Role::assistant, 2), turn(Role::user, 2), turn(Role::assistant, 2)},
                            20);
  EXPECT_EQ(left_out_, 2);
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].targets.size(), 3u);
}

TEST_F(Encoder, prompts_lose_whole_turns_the_oldest_first_but_not_the_system) {
  const DialogueEncoder encoder(tokenizer_, 20);
  Dialogue dialogue{turn(Role::system, 2)};  // 4 tokens
  for (Index i = 0; i < 6; ++i)
    dialogue.push_back(i % 2 == 0 ? turn(Role::user, 3) : turn(Role::assistant, 2));
  dialogue.push_back({Role::user, "abc"});  // 4 tokens, as all the others
  const ChatPrompt prompt = encoder.prompt(dialogue, 5);
  EXPECT_EQ(prompt.left_out, 5);
  EXPECT_EQ(prompt.tokens.size(), 13u) << "4 of the system, two turns, the assistant's mark";
  EXPECT_EQ(prompt.tokens[0], special::pad);
  EXPECT_EQ(prompt.tokens[1], special::bos);
  EXPECT_EQ(prompt.tokens.back(), assistant);
  EXPECT_EQ(prompt.tokens[prompt.tokens.size() - 2], id('c'));
  EXPECT_EQ(encoder.prompt({}, 5).tokens, std::vector<Index>{assistant});
}

TEST_F(Encoder, refuses_a_last_turn_that_is_longer_than_the_context) {
  const DialogueEncoder encoder(tokenizer_, 20);
  EXPECT_EQ(encoder.prompt({turn(Role::user, 13)}, 5).tokens.size(), 15u);
  EXPECT_THROW(encoder.prompt({turn(Role::user, 14)}, 5), ConfigError);
  EXPECT_THROW(encoder.prompt({turn(Role::system, 30), turn(Role::user, 1)}, 5), ConfigError);
}

/// What is learned after a prompt is what is read before an answer.
TEST_F(Encoder, reads_before_an_answer_what_it_learned_from) {
  const Dialogue before{
      {Role::system, "s"}, {Role::user, "a"}, {Role::assistant, "b"}, {Role::tool, "t"}, {Role::user, "c"}};
  Dialogue whole = before;
  whole.push_back({Role::assistant, "d"});
  const auto all = examples(whole, 64);
  std::vector<Index> prompt = DialogueEncoder(tokenizer_, 64).prompt(before, 4).tokens;
  prompt.push_back(id('d'));
  EXPECT_EQ(all.at(0).inputs, prompt);
}

}  // namespace
}  // namespace heed
