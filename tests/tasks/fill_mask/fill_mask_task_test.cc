#include "heed/tasks/fill_mask/fill_mask_task.h"

#include "heed/base/parallel.h"
#include "heed/checkpoint/model_folder.h"
#include "heed/model/bert_config.h"
#include "heed/service/mask_filler.h"
#include "heed/service/network_classifier.h"
#include "heed/tasks/text_classification/text_classification_task.h"
#include "tests/support/backends.h"
#include "tests/support/guarded_backend.h"
#include "tests/support/tensors.h"
#include "tests/tasks/fill_mask/tiny_fill_mask_run.h"

namespace heed {
namespace {

using FillMask = WithFolder;

TEST_F(FillMask, learns_to_fill_in_words_that_follow_from_the_others) {
  TinyFillMaskRun run(folder_, sample_lines(1500));
  run.run.model.set("width", Index{48}).set("hidden", Index{96}).set("dropout", 0.0);
  run.run.training.updates = 500, run.run.training.batch_tokens = 512, run.run.training.validate_every = 250;
  run.run.training.warmup = 50, run.run.training.gradient_accumulation = 1,
  run.run.training.moving_average = 0;
  const TrainingOutcome outcome = run.train();
  // The commonest word is one in ten, a guess among the hundred words costs 4.6 nats.
  EXPECT_GE(outcome.final.value("accuracy"), 60);
  EXPECT_LT(outcome.final.value("loss"), 1.5);
  EXPECT_DOUBLE_EQ(outcome.final.value("perplexity"), std::exp(outcome.final.value("loss")));
  const MaskFiller filler(run.folder(), cpu_backend());
  EXPECT_EQ(filler.fill("the cat lives in the [MASK] , eats fish and meows .").masks[0][0].text, "basket");
  EXPECT_EQ(filler.fill("julia asks for [MASK] coat because she is cold .").masks[0][0].text, "her");
}

TEST_F(FillMask, interrupted_or_killed_after_any_update_goes_on_to_the_same_bytes) {
  const TinyFillMaskRun run(folder_);
  expect_same_bytes_however_disturbed(folder_, [&](const auto& folder, Witness& witness, Index stop_at) {
    return run.train_in(folder, witness, stop_at);
  });
}

TEST_F(FillMask, comes_to_the_same_bytes_with_any_number_of_threads_and_to_others_by_another_seed) {
  const int threads = thread_count();
  TinyFillMaskRun run(folder_);
  for (const int count : {1, 3}) {
    set_thread_count(count);
    run.train(std::to_string(count));
  }
  set_thread_count(threads);
  EXPECT_EQ(model_bytes(run.folder("1")), model_bytes(run.folder("3")));
  run.run.training.seed = 2;
  run.train("other");
  EXPECT_NE(model_bytes(run.folder("1")), model_bytes(run.folder("other")));
}

TEST_F(FillMask, trains_in_memory_that_only_kernels_access) {
  GuardedBackend guarded;
  TinyFillMaskRun run(folder_);
  run.train("there", 4, guarded);
  run.train("there", -1, guarded);
  run.train("here", -1, reference_backend());
  EXPECT_EQ(model_bytes(run.folder("there")), model_bytes(run.folder("here")));
  const MaskFiller there(run.folder("there"), guarded), here(run.folder("here"), reference_backend());
  EXPECT_EQ(there.fill("the [MASK] moos").text, here.fill("the [MASK] moos").text);
  EXPECT_EQ(there.score("the cow moos").log_probability, here.score("the cow moos").log_probability);
}

TEST_F(FillMask, masks_its_validation_text_alike_whatever_the_seed) {
  TinyFillMaskRun run(folder_);
  run.train("one");
  const auto samples = run.witness.validations.front().result.samples;
  ASSERT_EQ(samples.size(), 2u);
  EXPECT_EQ(samples[0].parts[0].first, "text");
  EXPECT_NE(samples[0].parts[0].second, samples[0].parts[2].second) << "something is masked or replaced";
  run.run.training.seed = 7;
  run.train("other");
  const auto others = run.witness.validations.front().result.samples;
  for (std::size_t i = 0; i < samples.size(); ++i) EXPECT_EQ(samples[i].parts[0], others[i].parts[0]);
}

TEST_F(FillMask, counts_tokens_of_texts_for_its_speed_and_masked_ones_for_its_loss) {
  TinyFillMaskRun run(folder_);
  run.train();
  for (const UpdateReport& update : run.witness.updates) {
    EXPECT_EQ(update.rows, update.tokens + 2 * static_cast<Index>(update.loss_count));
    EXPECT_GT(update.tokens, 4 * static_cast<Index>(update.loss_count));
  }
}

TEST_F(FillMask, reads_documents_of_any_kind_and_cuts_long_ones) {
  for (const DocumentSplit split : {DocumentSplit::by_file, DocumentSplit::by_blank_line}) {
    TinyFillMaskRun run(folder_, sample_lines(40) + "\n\n" + sample_lines(20));
    run.data.documents.split = split;
    EXPECT_NO_THROW(run.train(std::string(enum_name(split))));
  }
}

TEST_F(FillMask, validates_on_text_of_its_own_and_tells_what_it_does_not_know) {
  TinyFillMaskRun run(folder_);
  run.data.text.valid_text = {run.file().parent_path() / "valid.txt"};
  write_file(run.data.text.valid_text[0], "the cow unknowable \U0001F600\n\n");
  run.train();
  EXPECT_NE(run.witness.notes.find("validation: the tokenizer does not know 2 of the 5 tokens"),
            std::string::npos)
      << run.witness.notes;
}

TEST_F(FillMask, refuses_texts_without_anything_to_learn) {
  for (const std::string text : {"", "\n\n", "one"}) {
    TinyFillMaskRun run(folder_, text);
    EXPECT_THROW(run.train(), DataError) << text;
  }
  TinyFillMaskRun none(folder_);
  none.data.text.train_text.clear();
  EXPECT_NE(message_of<ConfigError>([&] { none.train(); }).find("train_text"), std::string::npos);
  TinyFillMaskRun bad(folder_, "the cow\n\xff\xfe moos\n");
  EXPECT_NE(message_of<DataError>([&] { bad.train(); }).find("text.txt:2"), std::string::npos);
}

TEST_F(FillMask, refuses_a_context_that_holds_no_token_or_that_the_model_does_not_have) {
  TinyFillMaskRun run(folder_);
  run.data.text.context = 2;
  EXPECT_NE(message_of<ConfigError>([&] { run.train(); }).find("take 3"), std::string::npos);
  run.data.text.context = 20;
  run.run.model.set("maximum_positions", Index{8});
  EXPECT_NE(message_of<ConfigError>([&] { run.train(); }).find("context is 20"), std::string::npos);
}

TEST_F(FillMask, tells_in_the_card_what_it_learned) {
  TinyFillMaskRun run(folder_);
  run.train();
  const std::string card = read_file(run.folder() / "model_card.md");
  EXPECT_NE(card.find("# A model for fill-mask"), std::string::npos) << card;
  EXPECT_NE(card.find("nats a masked token"), std::string::npos) << card;
}

/// Texts that are classified by a model that was trained to fill in masks.
class FromFillMask : public WithFolder {
 protected:
  FromFillMask() { base_.train("base"); }

  static LabeledTexts texts() {
    LabeledTexts all{.training = {}, .validation = std::vector<LabeledText>()};
    for (const std::string& sentence : sample_sentences(80, 3)) {
      const bool because = sentence.find("because") != std::string::npos;
      (all.training.size() < 60 ? all.training : *all.validation)
          .push_back({because ? "person" : "other", sentence});
    }
    return all;
  }
  TrainingOptions further() const {
    TrainingOptions options = default_options(TextClassificationTask());
    options.start.from = base_.folder("base");
    options.training.batch_tokens = 128, options.training.epochs = 3, options.training.warmup = 2;
    options.training.learning_rate = 0.01;
    return options;
  }
  TrainingOutcome train(TrainingOptions options, const std::filesystem::path& folder, Witness& witness,
                        Index stop_at = -1, TextClassificationOptions data = {}) const {
    data.texts.word_dropout = 0.1;
    TextClassificationTask task(data, texts());
    return heed::train(task, options, RunFolder(folder), cpu_backend(), witness,
                       witness.stops_after(stop_at));
  }

  TinyFillMaskRun base_{folder_};
};

TEST_F(FromFillMask, a_classifier_takes_over_all_but_the_head_and_says_so) {
  TrainingOptions options = further();
  options.training.epochs = 20;
  Witness witness;
  const TrainingOutcome outcome = train(options, folder_ / "classifier", witness);
  EXPECT_GE(outcome.final.value("accuracy"), 90);
  EXPECT_NE(witness.notes.find("tensors\nstarting anew: output.weight, output.bias\nnot taken over: "
                               "prediction.bias, prediction.dense.bias"),
            std::string::npos)
      << witness.notes;
  const auto config = load_config(folder_ / "classifier").as<BertClassifierConfig>();
  EXPECT_EQ(config.classes, 2);
  EXPECT_EQ(config.width, 16);
  EXPECT_EQ(config.pooling, Pooling::first);
  EXPECT_EQ(read_file(base_.folder("base") / "tokenizer.vocab"),
            read_file(folder_ / "classifier" / "tokenizer.vocab"));
  const NetworkClassifier classifier(folder_ / "classifier", cpu_backend());
  EXPECT_EQ(classifier.labels(), (std::vector<std::string>{"other", "person"}));
}

TEST_F(FromFillMask, a_classifier_starts_from_its_weights) {
  TrainingOptions options = further();
  options.training.updates = 1, options.training.learning_rate = 1e-9;
  Witness witness;
  train(options, folder_ / "classifier", witness);
  const SafetensorsFile base(parameters_file(base_.folder("base"))),
      classifier(parameters_file(folder_ / "classifier"));
  for (const char* name : {"embedding.weight", "encoder.layers.1.feed_forward.expand.weight"})
    expect_close(classifier.tensor(name), base.tensor(name), 1e-5, name);
}

TEST_F(FromFillMask, a_classifier_goes_on_to_the_same_bytes_when_it_was_disturbed) {
  expect_same_bytes_however_disturbed(
      folder_,
      [&](const auto& folder, Witness& witness, Index stop_at) {
        return train(further(), folder, witness, stop_at);
      },
      5);
}

TEST_F(FromFillMask, a_classifier_may_choose_what_is_new_and_dropout_alone) {
  TrainingOptions options = further();
  options.model.set("pooling", Pooling::mean).set("dropout", 0.3);
  Witness witness;
  train(options, folder_ / "mean", witness);
  const auto config = load_config(folder_ / "mean").as<BertClassifierConfig>();
  EXPECT_EQ(config.pooling, Pooling::mean);
  EXPECT_EQ(config.dropout, 0.3);
  options.model.set("layers", Index{4});
  EXPECT_NE(message_of<ConfigError>([&] {
              train(options, folder_ / "more", witness);
            }).find("the model has layers 2, but 4 is asked for"),
            std::string::npos);
  TrainingOptions other = further();
  other.model.architecture = "gru";
  EXPECT_NE(message_of<ConfigError>([&] {
              train(other, folder_ / "gru", witness);
            }).find("architecture bert, but gru"),
            std::string::npos);
}

TEST_F(FromFillMask, a_task_says_which_models_it_starts_from) {
  Witness witness;
  train(further(), folder_ / "classifier", witness);
  TinyFillMaskRun run(folder_);
  run.run.start.from = folder_ / "classifier";
  EXPECT_NE(message_of<ConfigError>([&] {
              run.train("again");
            }).find("the model is for text-classification, but fill-mask starts from models for fill-mask"),
            std::string::npos);
  run.run.start.from = run.folder("base");
  run.run.model = ModelOptions(MaskedLanguageModel::family);
  run.data.text.context = std::nullopt;
  run.train("further");
  EXPECT_NE(run.witness.notes.find("weights, sizes and tokenizer are those of"), std::string::npos);
  EXPECT_EQ(load_config(run.folder("further")).sizes().longest_sequence, 20);
}

}  // namespace
}  // namespace heed
