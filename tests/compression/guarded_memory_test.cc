#include "heed/backend/reference/reference_backend.h"
#include "heed/compression/quantization.h"
#include "tests/service/translators.h"
#include "tests/support/guarded_backend.h"

namespace heed {
namespace {

/// Finding out what weights can be stored in, on memory that only kernels can access.
class GuardedQuantization : public WithTranslator {
 protected:
  Quantization quantized_on(Backend& backend, double largest_loss) {
    const Translator translator = open();
    std::vector<TextPair> pairs;
    for (Index i = 1; i < 5; ++i) pairs.push_back({words(i), words(i + 1)});
    const ValidationSet set = make_validation_set(std::move(pairs), translator.tokenizers(), 100);
    const QualityTrial trial =
        translation_trial(translator.tokenizers(), set, {.beam = 2, .samples = 0}, backend);
    return quantize(folder_, trial, {.type = DataType::int8, .largest_loss = largest_loss}, backend,
                    [](const std::string&) {});
  }

  GuardedBackend guarded_;
};

TEST_F(GuardedQuantization, comes_to_the_same) {
  for (const double largest_loss :
       {100.0, -101.0}) {  // all that there is to lose; weights are kept, one by one
    const Quantization there = quantized_on(guarded_, largest_loss),
                       here = quantized_on(reference_backend(), largest_loss);
    EXPECT_EQ(there.types, here.types);
    EXPECT_EQ(there.after.quality.value("loss"), here.after.quality.value("loss"));
  }
}

TEST_F(GuardedQuantization, gives_a_model_that_translates_alike) {
  const Translator whole = open();
  save_quantized(folder_, folder_ / "smaller",
                 all_in(DataType::int8, weights_of_products(folder_, reference_backend())));
  const Translator there(folder_ / "smaller", guarded_), here(folder_ / "smaller", reference_backend());
  const std::vector<std::string> lines{words(3), words(9)};
  EXPECT_EQ(there.best_translations(lines, {}), here.best_translations(lines, {}));
}

}  // namespace
}  // namespace heed
