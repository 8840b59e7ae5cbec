#include "heed/serving/model_shelf.h"

#include <atomic>
#include <thread>

#include "heed/checkpoint/model_languages.h"
#include "tests/serving/shelves.h"

namespace heed {
namespace {

using namespace std::chrono_literals;

std::string text_of(const std::vector<LanguagePair>& route) {
  std::string text;
  for (const LanguagePair& leg : route) text += (text.empty() ? "" : ", ") + leg.source + " to " + leg.target;
  return text;
}

class TheShelf : public WithModels {
 protected:
  static std::string says(const ReadyModel& model) {
    return model.translator->best_translations(std::vector<std::string>{words(7)}, quick()).at(0);
  }
  /// Waits until something is so.
  template <class Condition>
  static bool soon(const Condition& condition) {
    for (int i = 0; i < 2000 && !condition(); ++i) std::this_thread::sleep_for(5ms);
    return condition();
  }
};

TEST_F(TheShelf, knows_routes_and_takes_a_third_language_only_where_it_must) {
  std::vector<OfferedModel> models;
  for (const auto& [source, target] : std::vector<std::pair<const char*, const char*>>{{"de", "en"},
                                                                                       {"en", "de"},
                                                                                       {"en", "fr"},
                                                                                       {"de", "it"},
                                                                                       {"it", "fr"},
                                                                                       {"fr", "pt-BR"},
                                                                                       {"en-GB", "nl"}})
    models.push_back({folder_, {source, target}});
  const ModelShelf shelf(models, cpu_backend());
  EXPECT_EQ(text_of(shelf.route("de", "en")), "de to en");
  EXPECT_EQ(text_of(shelf.route("DE-at", "en_US")), "de to en");
  EXPECT_EQ(text_of(shelf.route("de", "fr")), "de to en, en to fr") << "by English if possible";
  EXPECT_EQ(text_of(shelf.route("it", "pt")), "it to fr, fr to pt-BR");
  EXPECT_EQ(text_of(shelf.route("en", "nl")), "en-GB to nl");
  EXPECT_EQ(text_of(shelf.route("en", "pt-PT")), "en to fr, fr to pt-BR");
  for (const auto& [source, target] : std::vector<std::pair<const char*, const char*>>{
           {"pt-BR", "en"}, {"de", "de"}, {"ja", "en"}, {"", "en"}, {"de", "../x"}})
    EXPECT_EQ(text_of(shelf.route(source, target)), "") << source << " " << target;
  EXPECT_EQ(shelf.targets("de"), (std::vector<std::string>{"en", "fr", "it", "nl"}));
  EXPECT_EQ(shelf.sources(), (std::vector<std::string>{"de", "en", "en-GB", "fr", "it"}));
}

TEST_F(TheShelf, loads_a_model_when_it_is_first_asked_for) {
  ModelShelf shelf({model("de", "en", 1), model("en", "de", 2)}, cpu_backend());
  EXPECT_EQ(shelf.facts().loaded, 0);
  const ReadyModel first = shelf.open({"de", "en"});
  EXPECT_EQ(shelf.facts().loaded, 1);
  EXPECT_EQ(shelf.open({"de", "en"}).translator, first.translator);
  EXPECT_NE(says(shelf.open({"en", "de"})), says(first));
  EXPECT_EQ(shelf.facts().loads, 2u);
}

TEST_F(TheShelf, loads_a_model_once_for_all_who_wait) {
  ModelShelf shelf({model("de", "en", 1)}, cpu_backend());
  std::atomic<int> ready = 0;
  for (int i = 0; i < 20; ++i)
    shelf.open({"de", "en"}, [&](const ReadyModel& model, std::exception_ptr error) {
      if (model.translator && !error) ++ready;
    });
  EXPECT_TRUE(soon([&] { return ready == 20; }));
  EXPECT_EQ(shelf.facts().loads, 1u);
}

TEST_F(TheShelf, says_why_a_model_cannot_be_loaded_and_tries_again_when_asked_again) {
  ModelShelf shelf({{folder_ / "x", {"de", "en"}}}, cpu_backend());
  EXPECT_THROW(shelf.open({"de", "en"}), Error);
  EXPECT_THROW(shelf.open({"en", "de"}), ConfigError);
  save(folder_ / "x");
  EXPECT_TRUE(shelf.open({"de", "en"}).translator);
  EXPECT_EQ(shelf.facts().failures, 1u);
}

TEST_F(TheShelf, lets_the_model_go_that_was_not_used_for_the_longest_time) {
  const std::vector<OfferedModel> models{model("de", "en", 1), model("en", "de", 2), model("en", "fr", 3)};
  const auto bytes = std::filesystem::file_size(models[0].folder / "model.safetensors");
  ModelShelf shelf(models, cpu_backend(), {.memory = 2 * bytes + bytes / 2});
  const ReadyModel first = shelf.open({"de", "en"});
  const std::string said = says(first);
  shelf.open({"en", "de"});
  shelf.open({"de", "en"});
  shelf.open({"en", "fr"});
  EXPECT_EQ(shelf.facts().loaded, 2);
  EXPECT_EQ(shelf.facts().let_go, 1u);
  EXPECT_EQ(shelf.facts().bytes, 2 * bytes);
  EXPECT_EQ(shelf.open({"de", "en"}).translator, first.translator) << "it was used later than en to de";
  shelf.open({"en", "de"});
  EXPECT_EQ(says(first), said) << "whoever has a model keeps it";
}

TEST_F(TheShelf, loads_one_that_is_larger_than_the_limit_by_itself) {
  ModelShelf shelf({model("de", "en", 1), model("en", "de", 2)}, cpu_backend(), {.memory = 1});
  EXPECT_TRUE(shelf.open({"de", "en"}).translator);
  EXPECT_TRUE(shelf.open({"en", "de"}).translator);
  EXPECT_EQ(shelf.facts().loaded, 1);
}

TEST_F(TheShelf, serves_the_new_model_once_its_folder_has_changed) {
  const OfferedModel offered = model("de", "en", 1);
  ModelShelf shelf({offered}, cpu_backend(), {.look_every = 10ms});
  const ReadyModel former = shelf.open({"de", "en"});
  const std::string said = says(former);
  save(offered.folder, sizes(), TokenizerKind::unigram, 2);
  ASSERT_TRUE(soon([&] { return says(shelf.open({"de", "en"})) != said; }));
  EXPECT_NE(shelf.open({"de", "en"}).fingerprint, former.fingerprint);
  EXPECT_EQ(says(shelf.open({"de", "en"})), by_itself(offered, {words(7)}, quick()).at(0));
  EXPECT_EQ(says(former), said);
}

TEST_F(TheShelf, serves_the_former_model_on_where_the_new_one_is_broken) {
  const OfferedModel offered = model("de", "en", 1);
  std::atomic<int> told = 0;
  ModelShelf shelf({offered}, cpu_backend(),
                   {.look_every = 0ms, .tell = [&](const std::string&) { ++told; }});
  const std::string said = says(shelf.open({"de", "en"}));
  write_file(offered.folder / "config.json", "{");
  shelf.look_for_changes();
  ASSERT_TRUE(soon([&] { return shelf.facts().failures == 1; }));
  EXPECT_EQ(says(shelf.open({"de", "en"})), said);
  EXPECT_TRUE(soon([&] { return told == 2; }));
}

TEST_F(TheShelf, refuses_two_models_for_one_direction_and_none_at_all) {
  EXPECT_THROW(ModelShelf({{folder_ / "a", {"de", "en"}}, {folder_ / "b", {"de", "en"}}}, cpu_backend()),
               ConfigError);
  EXPECT_THROW(ModelShelf({}, cpu_backend()), ConfigError);
}

class TheOfferedModel : public WithFolder {};

TEST_F(TheOfferedModel, has_the_languages_that_its_folder_says_or_the_user) {
  save_model_languages(folder_, {.source = "de", .target = "pt-BR"});
  EXPECT_EQ(offered_model(folder_.string()).languages, (LanguagePair{"de", "pt-BR"}));
  EXPECT_EQ(offered_model(folder_.string()).folder, folder_);
  EXPECT_EQ(offered_model("en-fr=" + folder_.string()).languages, (LanguagePair{"en", "fr"}));
  EXPECT_EQ(offered_model("pt-BR:zh-Hant=" + folder_.string()).languages, (LanguagePair{"pt-BR", "zh-Hant"}));
}

TEST_F(TheOfferedModel, without_languages_is_refused_whatever_its_name_is) {
  const auto folder = folder_ / "en-de";
  std::filesystem::create_directories(folder);
  try {
    offered_model(folder.string());
    FAIL() << "was taken";
  } catch (const ConfigError& error) {
    EXPECT_EQ(
        std::string(error.what()),
        folder.string() + ": the folder does not say its languages; name them: en-de=" + folder.string());
  }
  write_file(folder / "languages.json", "{\"source\": 3");
  EXPECT_THROW(offered_model(folder.string()), CheckpointError);
}

}  // namespace
}  // namespace heed
