#include "heed/base/error.h"
#include "heed/text/sentencepiece_tokenizer.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t count) {
  try {
    const heed::SentencePieceTokenizer tokenizer({reinterpret_cast<const char*>(bytes), count}, "fuzz");
    // What is read must be of use: a model that is taken and then ends the program is worse than one refused.
    for (const char* text :
         {"the quick brown fox", "\u00C5ngstr\u00F6m \uFB01 \uFF21\u3000\u6F22", "\xFF\xFE"})
      tokenizer.decode(tokenizer.encode(text));
    for (heed::Index id = 0; id < tokenizer.vocabulary_size(); ++id) tokenizer.find(tokenizer.piece(id));
  } catch (const heed::Error&) {
  }
  return 0;
}
